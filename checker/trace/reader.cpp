// Joins splitter, parser and checker, and decides which kind of error each failure is.
#include "checker/trace/reader.h"

#include <utility>

#include "checker/trace/line_check.h"

namespace gms::check {

std::string ReadError::to_string(std::string_view source_name) const {
  std::string result(source_name);
  if (line != 0) result += ':' + std::to_string(line);
  if (line != 0 && column != 0) result += ':' + std::to_string(column);
  return result + ": " + message;
}

TraceReader::TraceReader(const FieldTable& table, ByteSource source, ReadOptions options)
    : splitter_(std::move(source), options.max_line), parser_(table), max_line_(options.max_line) {}

ReadStatus TraceReader::fail(const Line& line, ReadErrorKind kind, std::uint64_t column,
                             std::string message) {
  error_ = ReadError{kind, line.number, column, line.offset, std::move(message), line.text, true};
  return ReadStatus::kError;
}

ReadStatus TraceReader::bad_line(const Line& line) {
  ++counts_.lines;
  ++counts_.bad_lines;
  std::optional<LineProblem> problem = check_line(line.text);
  // The parser refuses nothing that the checker accepts (reader_fuzz.cpp looks for it); should it
  // happen, say so.
  if (!problem)
    problem = LineProblem{LineProblem::Kind::kSyntax, 1, "the JSON parser refuses this line"};
  switch (problem->kind) {
    case LineProblem::Kind::kSyntax:
      return fail(line, ReadErrorKind::kSyntax, problem->column, std::move(problem->message));
    case LineProblem::Kind::kShape:
      return fail(line, ReadErrorKind::kShape, problem->column, std::move(problem->message));
    case LineProblem::Kind::kCut: break;
  }
  if (line.terminated)
    return fail(line, ReadErrorKind::kSyntax, problem->column, std::move(problem->message));
  return fail(line, ReadErrorKind::kTruncated, problem->column,
              "truncated: the last line stops in the middle (" + problem->message + ")");
}

ReadStatus TraceReader::finish(const Line& line, bool broken) {
  over_ = true;
  if (!broken && counts_.lines != 0) return ReadStatus::kEnd;
  if (!broken) {
    fail(line, ReadErrorKind::kEmpty, 0, "is empty; a trace has at least one line");
  } else if (splitter_.source().failed_to_open()) {
    fail(line, ReadErrorKind::kOpen, 0, *splitter_.source().failure());
  } else {
    if (!line.text.empty()) {
      ++counts_.lines;
      ++counts_.bad_lines;
    }
    fail(line, ReadErrorKind::kBroken, line.text.empty() ? 0 : line.text.size() + 1,
         *splitter_.source().failure());
  }
  error_.can_continue = false;
  if (error_.kind != ReadErrorKind::kBroken) error_.line = 0;
  return ReadStatus::kError;
}

ReadStatus TraceReader::next() {
  if (over_) return ReadStatus::kEnd;
  Line line;
  const char* const end = parser_.parse_known(splitter_.ahead(), record_);
  if (end != nullptr && splitter_.take(end, line)) return good_line(line);
  const SplitStatus status = splitter_.next(line);
  switch (status) {
    case SplitStatus::kLine: break;
    case SplitStatus::kTooLong:
      ++counts_.lines;
      ++counts_.bad_lines;
      return fail(line, ReadErrorKind::kTooLong, max_line_ + 1,
                  "a line of more than " + std::to_string(max_line_) + " bytes");
    case SplitStatus::kEnd: return finish(line, false);
    case SplitStatus::kBroken: return finish(line, true);
  }
  return parser_.parse(line.text, record_) ? good_line(line) : bad_line(line);
}

ReadStatus TraceReader::good_line(const Line& line) {
  ++counts_.lines;
  record_.line = line.number;
  record_.offset = line.offset;
  ++counts_.records;
  return ReadStatus::kRecord;
}

}  // namespace gms::check
