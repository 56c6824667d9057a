// The slow half: look-up by hash, names that are not listed, escapes.
#include "checker/trace/key_reader.h"

#include <cstring>

#include "checker/trace/json_text.h"
#include "checker/trace/op_class.h"

namespace gms::check {

KeyReader::KeyReader(const FieldTable& table)
    : table_(&table),
      all_guesses_((table.size() + 1) * kOpClasses, table.op()),
      guesses_(all_guesses_.data()),
      start_(static_cast<FieldIndex>(table.size())) {}

void KeyReader::begin_line(std::string_view line) {
  guesses_ = all_guesses_.data();
  end_ = line.data() + line.size();
  has_escape_ = std::memchr(line.data(), '\\', line.size()) != nullptr;
  if (has_escape_ && resolved_.size() < line.size()) resolved_.resize(line.size());
  resolved_size_ = 0;
  unknown_.clear();
}

void KeyReader::set_op(std::string_view op) {
  guesses_ = all_guesses_.data() + op_class(op) * (table_->size() + 1);
}

void KeyReader::open(KeyScope& scope, FieldIndex container, bool listed, bool columns) const {
  scope.container = container;
  scope.listed = listed;
  scope.columns = columns;
  scope.previous = start_;
  scope.object = 0;
  scope.names = 0;
  scope.others.clear();
}

bool KeyReader::resolve_escapes(std::string_view raw, std::string_view& text) {
  if (std::memchr(raw.data(), '\\', raw.size()) == nullptr) return true;
  char* const out = resolved_.data() + resolved_size_;
  std::size_t size = 0;
  if (!unescape(raw, out, size)) return false;
  resolved_size_ += size;
  text = std::string_view(out, size);
  return true;
}

bool KeyReader::key_text(const char* raw, std::string_view& text) {
  const char* quote = raw;
  for (;;) {
    quote =
        static_cast<const char*>(std::memchr(quote, '"', static_cast<std::size_t>(end_ - quote)));
    if (quote == nullptr) return false;
    const char* backslash = quote;
    while (backslash != raw && backslash[-1] == '\\')
      --backslash;
    if ((quote - backslash) % 2 == 0) break;
    ++quote;
  }
  return resolve(std::string_view(raw, static_cast<std::size_t>(quote - raw)), text);
}

bool KeyReader::find(const char* raw, KeyScope& scope, FieldIndex& field) {
  std::string_view text;
  field = kNoField;
  if (!key_text(raw, text)) return false;
  if (scope.listed) field = table_->find(scope.container, text);
  if (field == kNoField) return other_name(text, scope);
  guesses_[scope.previous] = field;
  scope.previous = field;
  return true;
}

bool KeyReader::other_name(std::string_view name, KeyScope& scope) {
  for (KeyScope::Other& other : scope.others) {
    if (other.name != name) continue;
    if (!scope.columns || other.object == scope.object) return false;
    other.object = scope.object;
    return true;
  }
  scope.others.push_back({name, scope.object});
  if (scope.listed) unknown_.push_back({scope.container, name});
  return ++scope.names <= kMaxFieldNames;
}

}  // namespace gms::check
