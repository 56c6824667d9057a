// Pieces of JSON text that the fast parser and the diagnosing checker read alike: UTF-8, escapes,
// limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gms::check {

// Limits of one line, far above any real trace; they keep the cost of a hostile line linear.
inline constexpr std::size_t kMaxFieldNames =
    256;  ///< field names of one object, or of all objects of one array
inline constexpr std::size_t kMaxElements = 1u << 20;  ///< elements of one array

/// Bytes of the UTF-8 character at the start of `text` (1 to 4), or 0 when there is none: a stray
/// or missing continuation byte, an overlong form, a surrogate, or a value above U+10FFFF.
std::size_t utf8_length(std::string_view text);

/// A field name from a trace as it can stand in a message: in quotes, shortened, nothing in it that
/// a terminal obeys.
std::string quote_name(std::string_view name);

/// Why an escape is wrong: the place of its backslash in the text given, and what is the matter.
struct EscapeProblem {
  std::size_t at = 0;
  std::string message;
};

/// Resolves the escapes of `raw`, the inside of a JSON string, into `out`, which has room for
/// raw.size() bytes. `size` gets the bytes written. Surrogate escapes must come in pairs.
/// `problem`, if not null, is told why it failed.
bool unescape(std::string_view raw, char* out, std::size_t& size, EscapeProblem* problem = nullptr);

/// The character at the start of `text` (not empty) as it can stand in a message: 'x', byte 0xff,
/// U+00E9.
std::string describe_character(std::string_view text);

}  // namespace gms::check
