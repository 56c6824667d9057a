// The reader of traces: lines of JSON in, records or errors with their place out. It knows no op
// and no field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/trace/byte_source.h"
#include "checker/trace/field_table.h"
#include "checker/trace/line_parser.h"
#include "checker/trace/line_splitter.h"
#include "checker/trace/record.h"

namespace gms::check {

enum class ReadStatus {
  kRecord,  ///< record() is the next good line
  kError,   ///< error() says what is wrong; call next() again
  kEnd,     ///< nothing more will come
};

enum class ReadErrorKind {
  kOpen,       ///< nothing could be read: no such file, a directory, another file format
  kEmpty,      ///< the stream holds no byte
  kBroken,     ///< the stream ends early or is damaged: the lines before it were delivered, no more
               ///< will come
  kTruncated,  ///< the last line has no line feed and stops in the middle
  kTooLong,    ///< a line above the limit was passed over
  kSyntax,     ///< a line is not JSON
  kShape,      ///< a line is JSON, but not of the shape of a trace line
};

struct ReadError {
  ReadErrorKind kind = ReadErrorKind::kSyntax;
  std::uint64_t line = 0;  ///< counted from 1; 0 for kOpen and kEmpty, which have no line
  std::uint64_t column =
      0;  ///< byte of the line, counted from 1; 0 when the whole line or stream is meant
  std::uint64_t offset = 0;  ///< of the line in the decompressed stream
  std::string message;       ///< without the name of the source, its line and column
  std::string_view text;     ///< what was read of the line, until the next call
  bool can_continue = true;  ///< whether later lines can still be read

  /// "trace.jsonl:7:12: message", as far as there is a line and a column.
  std::string to_string(std::string_view source_name) const;
};

struct ReadOptions {
  std::size_t max_line = 16u << 20;  ///< bytes, without the line feed
};

/// records + bad_lines = lines, once the end is reached.
struct ReadCounts {
  std::uint64_t lines = 0;  ///< lines met, good or bad; a line cut by a broken stream counts as bad
  std::uint64_t records = 0;    ///< good ones
  std::uint64_t bad_lines = 0;  ///< lines reported as an error
};

/// Reads in constant memory. Every line of the stream comes out either as a record or as an error.
class TraceReader {
 public:
  /// `table` must outlive the reader.
  TraceReader(const FieldTable& table, ByteSource source, ReadOptions options = {});

  ReadStatus next();
  /// After kRecord, until the next call.
  const Record& record() const { return record_; }
  /// After kError, until the next call.
  const ReadError& error() const { return error_; }

  const ReadCounts& counts() const { return counts_; }
  const ByteSource& source() const { return splitter_.source(); }

 private:
  ReadStatus fail(const Line& line, ReadErrorKind kind, std::uint64_t column, std::string message);
  ReadStatus good_line(const Line& line);
  ReadStatus bad_line(const Line& line);
  ReadStatus finish(const Line& line, bool broken);

  LineSplitter splitter_;
  LineParser parser_;
  std::size_t max_line_;
  Record record_;
  ReadError error_;
  ReadCounts counts_;
  bool over_ = false;
};

}  // namespace gms::check
