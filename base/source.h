// Texts that diagnostics point into: files, or single lines of a long trace. A span is two byte
// offsets; lines and columns are counted only when something is printed, and only here.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace gms::base {

// Index into a SourceSet.
enum class FileId : std::uint32_t {};
inline constexpr FileId kNoFile{std::numeric_limits<std::uint32_t>::max()};

// Half-open range of bytes [begin, end) of one file. An empty span is a place between two bytes.
struct Span {
  FileId file = kNoFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  // False for things that stand in no text, such as a missing file.
  bool has_place() const { return file != kNoFile; }
  friend bool operator==(const Span&, const Span&) = default;
};

// The smallest span that covers both; both must be in the same file. A span without a place is
// ignored.
Span cover(Span a, Span b);

// Line and column count from 1. Columns are code points, as editors count them; a byte that is not
// UTF-8 counts as one.
struct Position {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

class SourceFile {
 public:
  // The text must be shorter than 4 GiB (read_file refuses more). `first_line` is the number of the
  // text's first line, for an excerpt of a file that is too long to keep.
  SourceFile(std::string name, std::string text, std::uint64_t first_line = 1);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

  // Offsets beyond the end count as the end.
  Position position(std::uint32_t offset) const;
  // The line that holds the offset, without its line end ("\n" or "\r\n").
  std::string_view line_at(std::uint32_t offset) const;
  // Offset of the first byte of the line that holds `offset`.
  std::uint32_t line_begin(std::uint32_t offset) const;

 private:
  std::size_t line_index(std::uint32_t offset) const;

  std::string name_;
  std::string text_;
  std::uint64_t first_line_;
  std::vector<std::uint32_t> line_starts_;  // ascending; the first is 0
};

// Owns the texts of one run. References stay valid as long as the set lives.
class SourceSet {
 public:
  FileId add(std::string name, std::string text, std::uint64_t first_line = 1);
  const SourceFile& file(FileId id) const;
  std::size_t size() const { return files_.size(); }

  // The bytes of a span; empty when it has no place.
  std::string_view text(Span span) const;

 private:
  std::deque<SourceFile> files_;
};

}  // namespace gms::base
