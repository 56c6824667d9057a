// Cuts a byte stream into lines, in place and in constant memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "checker/trace/byte_source.h"

namespace gms::check {

struct Line {
  std::string_view text;     ///< without its line end (LF or CR LF); valid until the next call
  std::uint64_t number = 0;  ///< counted from 1
  std::uint64_t offset = 0;  ///< of its first byte in the decompressed stream
  bool terminated = true;    ///< false for a last line without a line feed
};

enum class SplitStatus {
  kLine,     ///< `line` is a whole line
  kTooLong,  ///< `line` is longer than the limit: its text is only the beginning, the rest was
             ///< passed over
  kEnd,      ///< the stream is over; `line` has the number and offset that a next line would have
  kBroken,  ///< as kEnd, but source().failure() says why; `line.text` is what there was of the next
            ///< line
};

/// Behind each text there are at least kPadding readable bytes, the first of them LF or CR.
class LineSplitter {
 public:
  static constexpr std::size_t kPadding = 64;

  /// Lines of more than `max_line` bytes (at least 256) are too long.
  LineSplitter(ByteSource source, std::size_t max_line);

  SplitStatus next(Line& line);

  /// The bytes at hand of the next line and those behind it, perhaps none. They end with a LF that
  /// is not of the stream, and kPadding readable bytes behind it.
  const char* ahead() const { return buffer_.data() + begin_; }
  /// Makes the bytes from ahead() to `end` the next line, which spares next() the search. False: no
  /// line end is at hand there, or the line is too long; then it is for next().
  bool take(const char* end, Line& line);

  const ByteSource& source() const { return source_; }

 private:
  bool refill();
  void pass_to_line_feed();

  ByteSource source_;
  std::size_t max_line_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // start of the next line
  std::size_t end_ =
      0;  // end of the bytes held; a LF is there, and kPadding bytes in all may be touched
  std::uint64_t offset_ = 0;
  std::uint64_t number_ = 0;
};

}  // namespace gms::check
