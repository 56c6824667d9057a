// Reads one line into slots, visiting, and so validating, every value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "checker/trace/field_table.h"
#include "checker/trace/record.h"

namespace gms::check {

/// Keeps its buffers from line to line. The time of a line grows with its length only.
class LineParser {
 public:
  /// Bytes that must be readable behind a line.
  static constexpr std::size_t kPadding = 64;

  /// `table` must outlive the parser.
  explicit LineParser(const FieldTable& table);
  LineParser(LineParser&&) noexcept;
  LineParser& operator=(LineParser&&) noexcept;
  ~LineParser();

  /// Reads the line that begins at `at` if it is built like one that was parsed before. Fills
  /// everything of `record` but line and offset and returns where the line ends: that its line end
  /// follows is for the caller to see. Null: it is for parse(). What is readable at `at` ends with
  /// a LF and kPadding bytes behind it.
  const char* parse_known(const char* at, Record& record);

  /// Fills everything of `record` but line and offset. False: the line is not good, `record` holds
  /// its text only and check_line() says why. kPadding bytes behind `text` are readable and the
  /// first of them is a LF or CR.
  bool parse(std::string_view text, Record& record);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gms::check
