// Says what is wrong with a line that the fast parser refused: the same rules, read slowly, byte by
// byte.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gms::check {

struct LineProblem {
  enum class Kind {
    kSyntax,  ///< not JSON
    kShape,   ///< JSON, but not a line of a trace: a fraction, deeper nesting, a field twice, no op
    kCut,     ///< everything is right up to the end of the text, where something is missing
  };
  Kind kind = Kind::kSyntax;
  std::size_t column = 1;  ///< of the byte at fault, counted from 1
  std::string message;
};

/// The first problem of the line, or nothing if it is a good one. The rules of a good line: one
/// JSON object whose fields are null, booleans, strings, integers from -2^63 to 2^64-1, arrays of
/// these, objects of these, or arrays of objects of these; no name twice in one object; a string
/// "op"; the limits of json_text.h.
std::optional<LineProblem> check_line(std::string_view text);

}  // namespace gms::check
