// What can be said about a file before any token is made: encoding and size. Not for users outside
// gen/syntax.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace gms::gen {

// A text fit for ANTLR, which counts in code points, and the way back to bytes.
struct CheckedText {
  std::string text;           // valid UTF-8 without byte order mark; broken bytes are blanks
  std::uint32_t skipped = 0;  // bytes before it in the file: 3 for a byte order mark
  std::vector<std::uint32_t> offsets;  // of each code point and of the end; empty: all are one byte

  // Byte offset in the file of a code point, or of the end.
  std::uint32_t byte_offset(std::size_t code_point) const {
    if (offsets.empty()) return skipped + static_cast<std::uint32_t>(code_point);
    if (code_point >= offsets.size()) return skipped + offsets.back();
    return skipped + offsets[code_point];
  }
};

// Nothing when the file is too large or says nothing.
std::optional<CheckedText> check_text(base::FileId file, const base::SourceSet& sources,
                                      base::DiagSink& sink);

}  // namespace gms::gen
