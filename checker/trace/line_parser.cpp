// The hot path. A key is compared first with the one that followed the same key in the last line of the same op;
// only a miss costs a hash. Strings stay in the line's own bytes unless they hold an escape.
#include "checker/trace/line_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "checker/trace/json_text.h"

namespace gms::check {
namespace {

namespace ondemand = simdjson::ondemand;
static_assert(LineParser::kPadding >= simdjson::SIMDJSON_PADDING);
static_assert(LineParser::kPadding > FieldTable::kKeyWindow);

constexpr std::size_t kOpClasses = 64;  // ops are told apart by a small hash; a clash costs time only

std::size_t op_class(std::string_view op) {
  std::uint64_t word = op.size();
  for (std::size_t i = 0; i < op.size() && i < 24; ++i) word = word * 31 + static_cast<unsigned char>(op[i]);
  return (word * 0x9e3779b97f4a7c15u) >> 58;
}
static_assert(kOpClasses == 1 << (64 - 58));

}  // namespace

class LineParser::Impl {
 public:
  explicit Impl(const FieldTable& table)
      : table_(&table),
        slots_(table.size()),
        presence_((table.size() + 63) / 64),
        seen_in_(table.size()),
        column_of_(table.size()),
        hints_(kOpClasses * (table.size() + 1), table.op()) {}

  bool parse(std::string_view text, Record& record);

 private:
  // The names met so far in one object, or in all objects of one array.
  struct Scope {
    FieldIndex container = kNoField;  // a listed field, or none
    bool listed = false;              // whether fields inside can be listed, and unknown ones are reported
    FieldIndex previous = kNoField;   // the listed field before, for the hint
    std::size_t names = 0;
    std::vector<std::string_view> others;    // names not listed
    std::vector<std::uint64_t> other_seen_;  // for each of them: the object it was last seen in
  };
  struct Key {
    FieldIndex field = kNoField;
    bool good = true;
  };

  bool read_line(std::string_view text);
  Key read_key(const char* raw, Scope& scope, bool repeated_object);
  Key other_name(std::string_view name, Scope& scope, bool repeated_object);
  bool key_text(const char* raw, std::string_view& text);
  bool read_value(ondemand::value value, FieldIndex field);
  bool read_scalar(ondemand::value& value, Value& out);
  bool read_string(ondemand::value& value, Value& out);
  bool read_object(ondemand::value& value, FieldIndex field);
  bool read_array(ondemand::value& value, FieldIndex field);
  bool read_element_object(ondemand::value& value, std::size_t element);
  void finish_columns(std::size_t elements);
  bool resolve(std::string_view raw, std::string_view& text);
  void open_scope(Scope& scope, FieldIndex container, bool listed);
  void put(FieldIndex field, const Value& value);
  void forget_last();
  std::vector<Value>& new_array(std::size_t& index);
  FieldIndex& hint(FieldIndex previous) {
    return hints_[op_class_ * (table_->size() + 1) +
                  (previous == kNoField ? table_->size() : static_cast<std::size_t>(previous))];
  }

  const FieldTable* table_;
  ondemand::parser parser_;

  // What the record shows.
  std::vector<Value> slots_;
  std::vector<std::uint64_t> presence_;
  std::vector<FieldIndex> order_;
  std::vector<UnknownField> unknown_;

  // Of the line being read.
  const char* end_ = nullptr;
  bool has_escape_ = false;
  std::vector<char> resolved_;  // strings with their escapes resolved; as long as the line, so it never moves
  std::size_t resolved_size_ = 0;
  std::vector<std::vector<Value>> arrays_;
  std::size_t arrays_used_ = 0;
  Scope line_scope_;
  Scope inner_scope_;

  // Where each listed field was last seen; objects are numbered through all lines, so nothing needs clearing.
  std::vector<std::uint64_t> seen_in_;
  std::uint64_t objects_ = 0;  // ever opened
  std::uint64_t object_ = 0;   // the one being read

  // The columns of the array of objects being read.
  std::vector<std::size_t> column_of_;  // field -> index in arrays_, valid if it is in columns_
  std::vector<FieldIndex> columns_;

  std::vector<FieldIndex> hints_;
  std::size_t op_class_ = 0;
};

void LineParser::Impl::forget_last() {
  for (const FieldIndex field : order_) {
    slots_[field] = Value();
    presence_[field / 64] = 0;
  }
  order_.clear();
  unknown_.clear();
  arrays_used_ = 0;
  resolved_size_ = 0;
  op_class_ = 0;
}

void LineParser::Impl::open_scope(Scope& scope, FieldIndex container, bool listed) {
  scope.container = container;
  scope.listed = listed;
  scope.previous = kNoField;
  scope.names = 0;
  scope.others.clear();
  scope.other_seen_.clear();
}

void LineParser::Impl::put(FieldIndex field, const Value& value) {
  slots_[field] = value;
  presence_[field / 64] |= std::uint64_t{1} << (field % 64);
  order_.push_back(field);
}

std::vector<Value>& LineParser::Impl::new_array(std::size_t& index) {
  if (arrays_used_ == arrays_.size()) arrays_.emplace_back();
  index = arrays_used_++;
  arrays_[index].clear();
  return arrays_[index];
}

// The text between the quotes, escapes resolved.
bool LineParser::Impl::resolve(std::string_view raw, std::string_view& text) {
  text = raw;
  if (!has_escape_ || std::memchr(raw.data(), '\\', raw.size()) == nullptr) [[likely]]
    return true;
  char* const out = resolved_.data() + resolved_size_;
  std::size_t size = 0;
  if (!unescape(raw, out, size)) return false;
  resolved_size_ += size;
  text = std::string_view(out, size);
  return true;
}

// The first pass of simdjson has made sure that a closing quote exists.
bool LineParser::Impl::key_text(const char* raw, std::string_view& text) {
  const char* quote = raw;
  for (;;) {
    quote = static_cast<const char*>(std::memchr(quote, '"', static_cast<std::size_t>(end_ - quote)));
    if (quote == nullptr) return false;
    const char* backslash = quote;
    while (backslash != raw && backslash[-1] == '\\') --backslash;
    if ((quote - backslash) % 2 == 0) break;
    ++quote;
  }
  return resolve(std::string_view(raw, static_cast<std::size_t>(quote - raw)), text);
}

LineParser::Impl::Key LineParser::Impl::read_key(const char* raw, Scope& scope, bool repeated_object) {
  FieldIndex field = kNoField;
  if (scope.listed) {
    FieldIndex& expected = hint(scope.previous);
    if (table_->container(expected) == scope.container && table_->matches(expected, raw)) [[likely]] {
      field = expected;
    } else {
      std::string_view text;
      if (!key_text(raw, text)) return {kNoField, false};
      field = table_->find(scope.container, text);
      if (field == kNoField) return other_name(text, scope, repeated_object);
      expected = field;
    }
    scope.previous = field;
    const bool again = seen_in_[field] == object_;
    seen_in_[field] = object_;
    return {field, !again && ++scope.names <= kMaxFieldNames};
  }
  std::string_view text;
  if (!key_text(raw, text)) return {kNoField, false};
  return other_name(text, scope, repeated_object);
}

LineParser::Impl::Key LineParser::Impl::other_name(std::string_view name, Scope& scope, bool repeated_object) {
  const auto found = std::find(scope.others.begin(), scope.others.end(), name);
  if (found != scope.others.end()) {
    const auto index = static_cast<std::size_t>(found - scope.others.begin());
    const bool again = !repeated_object || scope.other_seen_[index] == object_;
    scope.other_seen_[index] = object_;
    return {kNoField, !again};
  }
  scope.others.push_back(name);
  scope.other_seen_.push_back(object_);
  if (scope.listed) unknown_.push_back({scope.container, name});
  return {kNoField, ++scope.names <= kMaxFieldNames};
}

bool LineParser::Impl::read_string(ondemand::value& value, Value& out) {
  std::string_view token = value.raw_json_token();
  ondemand::raw_json_string ignored;
  if (value.get_raw_json_string().get(ignored)) return false;
  // The token reaches to the next one, over white space.
  while (token.back() != '"') token.remove_suffix(1);
  std::string_view text;
  if (!resolve(token.substr(1, token.size() - 2), text)) return false;
  out = Value::string(text);
  return true;
}

bool LineParser::Impl::read_scalar(ondemand::value& value, Value& out) {
  switch (value.raw_json_token().front()) {
    case '"': return read_string(value, out);
    case 'n': {
      bool is_null = false;
      if (value.is_null().get(is_null) || !is_null) return false;
      out = Value::null();
      return true;
    }
    case 't':
    case 'f': {
      bool boolean = false;
      if (value.get_bool().get(boolean)) return false;
      out = Value::boolean(boolean);
      return true;
    }
    case '-': {
      std::int64_t number = 0;
      if (value.get_int64().get(number)) return false;
      out = Value::of_signed(number);
      return true;
    }
    default: {
      std::uint64_t number = 0;
      if (value.get_uint64().get(number)) return false;
      out = Value::of_unsigned(number);
      return true;
    }
  }
}

bool LineParser::Impl::read_object(ondemand::value& value, FieldIndex field) {
  ondemand::object object;
  if (value.get_object().get(object)) return false;
  // The container stands before its members in the order.
  if (field != kNoField) put(field, Value::object(0));
  open_scope(inner_scope_, field, field != kNoField);
  object_ = ++objects_;
  std::size_t members = 0;
  for (auto result : object) {
    ondemand::field member;
    if (std::move(result).get(member)) return false;
    const Key key = read_key(member.key().raw(), inner_scope_, false);
    Value scalar;
    if (!key.good || !read_scalar(member.value(), scalar)) return false;
    if (key.field != kNoField) put(key.field, scalar);
    ++members;
  }
  if (field != kNoField) slots_[field] = Value::object(members);
  return true;
}

bool LineParser::Impl::read_element_object(ondemand::value& value, std::size_t element) {
  ondemand::object object;
  if (value.get_object().get(object)) return false;
  object_ = ++objects_;
  inner_scope_.previous = kNoField;
  for (auto result : object) {
    ondemand::field member;
    if (std::move(result).get(member)) return false;
    const std::size_t names_before = inner_scope_.names;
    const Key key = read_key(member.key().raw(), inner_scope_, true);
    Value scalar;
    if (!key.good || !read_scalar(member.value(), scalar)) return false;
    if (key.field == kNoField) continue;
    if (std::find(columns_.begin(), columns_.end(), key.field) == columns_.end()) {
      columns_.push_back(key.field);
      new_array(column_of_[key.field]);
    } else {
      inner_scope_.names = names_before;  // a column counts once
    }
    std::vector<Value>& column = arrays_[column_of_[key.field]];
    column.resize(element);  // absent where earlier objects lack it
    column.push_back(scalar);
  }
  return true;
}

void LineParser::Impl::finish_columns(std::size_t elements) {
  for (const FieldIndex field : columns_) {
    std::vector<Value>& column = arrays_[column_of_[field]];
    column.resize(elements);
    put(field, Value::array(column));
  }
}

bool LineParser::Impl::read_array(ondemand::value& value, FieldIndex field) {
  ondemand::array array;
  if (value.get_array().get(array)) return false;
  std::size_t index = 0;
  new_array(index);
  columns_.clear();
  open_scope(inner_scope_, field, field != kNoField);
  std::size_t elements = 0;
  bool objects = false;
  for (auto result : array) {
    ondemand::value element;
    if (std::move(result).get(element) || elements == kMaxElements) return false;
    const bool is_object = element.raw_json_token().front() == '{';
    if (elements != 0 && is_object != objects) return false;
    objects = is_object;
    if (is_object) {
      if (!read_element_object(element, elements)) return false;
    } else {
      Value scalar;
      if (!read_scalar(element, scalar)) return false;
      if (field != kNoField) arrays_[index].push_back(scalar);
    }
    ++elements;
  }
  if (field == kNoField) return true;
  put(field, objects ? Value::object_array(elements) : Value::array(arrays_[index]));
  finish_columns(elements);
  return true;
}

bool LineParser::Impl::read_value(ondemand::value value, FieldIndex field) {
  const std::uint64_t enclosing = object_;
  bool good = false;
  switch (value.raw_json_token().front()) {
    case '{': good = read_object(value, field); break;
    case '[': good = read_array(value, field); break;
    default: {
      Value scalar;
      good = read_scalar(value, scalar);
      if (good && field != kNoField) put(field, scalar);
      return good;
    }
  }
  object_ = enclosing;
  return good;
}

bool LineParser::Impl::read_line(std::string_view text) {
  if (text.size() > parser_.capacity() &&
      parser_.allocate(std::max<std::size_t>(text.size() * 2, 4096)) != simdjson::SUCCESS)
    return false;
  ondemand::document document;
  if (parser_.iterate(text.data(), text.size(), text.size() + kPadding).get(document)) return false;
  ondemand::object object;
  if (document.get_object().get(object)) return false;
  object_ = ++objects_;
  open_scope(line_scope_, kNoField, true);
  for (auto result : object) {
    ondemand::field field;
    if (std::move(result).get(field)) return false;
    const Key key = read_key(field.key().raw(), line_scope_, false);
    if (!key.good || !read_value(field.value(), key.field)) return false;
    if (key.field == table_->op()) {
      const std::optional<std::string_view> op = slots_[key.field].as_string();
      if (!op) return false;
      op_class_ = op_class(*op);
    }
  }
  // Only at the end of the document simdjson has no location to give.
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS &&
         slots_[table_->op()].present();
}

bool LineParser::Impl::parse(std::string_view text, Record& record) {
  forget_last();
  record = Record();
  record.text = text;
  end_ = text.data() + text.size();
  has_escape_ = std::memchr(text.data(), '\\', text.size()) != nullptr;
  if (has_escape_ && resolved_.size() < text.size()) resolved_.resize(text.size());
  if (!read_line(text)) {
    forget_last();
    return false;
  }
  record.op = *slots_[table_->op()].as_string();
  record.slots = slots_;
  record.presence = presence_;
  record.order = order_;
  record.unknown = unknown_;
  return true;
}

LineParser::LineParser(const FieldTable& table) : impl_(std::make_unique<Impl>(table)) {}
LineParser::LineParser(LineParser&&) noexcept = default;
LineParser& LineParser::operator=(LineParser&&) noexcept = default;
LineParser::~LineParser() = default;

bool LineParser::parse(std::string_view text, Record& record) { return impl_->parse(text, record); }

}  // namespace gms::check
