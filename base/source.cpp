#include "base/source.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/utf8.h"

namespace gms::base {

Span cover(Span a, Span b) {
  if (!a.has_place()) return b;
  if (!b.has_place()) return a;
  assert(a.file == b.file);
  return {a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

SourceFile::SourceFile(std::string name, std::string text, std::uint64_t first_line)
    : name_(std::move(name)), text_(std::move(text)), first_line_(first_line) {
  assert(text_.size() <= std::numeric_limits<std::uint32_t>::max());
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::size_t SourceFile::line_index(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::size_t>(after - line_starts_.begin()) - 1;
}

Position SourceFile::position(std::uint32_t offset) const {
  offset = std::min(offset, size());
  const std::size_t line = line_index(offset);
  const std::uint32_t begin = line_starts_[line];
  const std::string_view before = text().substr(begin, offset - begin);
  return {first_line_ + line, 1 + count_code_points(before)};
}

std::uint32_t SourceFile::line_begin(std::uint32_t offset) const {
  return line_starts_[line_index(std::min(offset, size()))];
}

std::string_view SourceFile::line_at(std::uint32_t offset) const {
  const std::size_t line = line_index(std::min(offset, size()));
  const std::uint32_t begin = line_starts_[line];
  const std::uint32_t end = line + 1 < line_starts_.size() ? line_starts_[line + 1] : size();
  std::string_view result = text().substr(begin, end - begin);
  if (result.ends_with('\n')) result.remove_suffix(1);
  if (result.ends_with('\r')) result.remove_suffix(1);
  return result;
}

FileId SourceSet::add(std::string name, std::string text, std::uint64_t first_line) {
  files_.emplace_back(std::move(name), std::move(text), first_line);
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const SourceFile& SourceSet::file(FileId id) const {
  const auto index = static_cast<std::size_t>(id);
  assert(index < files_.size());
  return files_[index];
}

std::string_view SourceSet::text(Span span) const {
  if (!span.has_place()) return {};
  const std::string_view whole = file(span.file).text();
  if (span.begin >= whole.size() || span.end <= span.begin) return {};
  return whole.substr(span.begin, span.end - span.begin);
}

}  // namespace gms::base
