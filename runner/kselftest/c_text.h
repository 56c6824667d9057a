// Values of vectors as text of a C file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gms::runner {

/// 0 to 9 in decimal, what is larger in hexadecimal: addresses and sizes read best so.
std::string c_number(std::uint64_t value);
std::string c_number_signed(std::int64_t value);
/// In quotes.
std::string c_string(std::string_view text);
/// For a line that begins with //: one line, which does not go on in the next.
std::string c_comment(std::string_view text, std::size_t columns);
/// Letters, digits and '_' only. Not unique, and it may begin with a digit.
std::string c_word(std::string_view text);
/// `head(first, second);` with line ends where a line would become too long.
std::string c_call(std::string_view head, const std::vector<std::string>& arguments);

}  // namespace gms::runner
