// Reading UTF-8 that may be broken, for the places where text meets a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gms::base {

struct CodePoint {
  char32_t value = 0;      // unspecified when not valid
  std::size_t length = 1;  // bytes consumed; 1 for a byte that starts no valid sequence
  bool valid = false;
};

// Decodes the sequence at `offset`, which must be inside the text. Overlong forms, surrogates and
// values above U+10FFFF are invalid.
CodePoint decode_utf8(std::string_view text, std::size_t offset);

// Each invalid byte counts as one.
std::uint64_t count_code_points(std::string_view text);

// Columns on a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji, else 1.
// Only meaningful for printable code points.
int display_width(char32_t value);

// A copy in which everything that a terminal would obey or hide is spelled out: "\x1b", "\u202e".
// Line ends and tabs become "\n" and "\t" too, so that a name from a user's file cannot forge a
// line.
std::string printable(std::string_view text);

// The escape that `printable` uses, or empty when the character is shown as it is.
std::string escape_unprintable(std::string_view text, std::size_t offset, const CodePoint& point);

}  // namespace gms::base
