#include "runner/kselftest/c_text.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace gms::runner {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::string_view kIndent = "  ";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::string c_number(std::uint64_t value) {
  return value < 10 ? std::to_string(value) : fmt::format("0x{:x}", value);
}

std::string c_number_signed(std::int64_t value) {
  if (value >= 0) return c_number(static_cast<std::uint64_t>(value));
  // A constant has no sign, and the least number no positive counterpart.
  const std::uint64_t before = ~static_cast<std::uint64_t>(value);
  return before < 9 ? std::to_string(value) : fmt::format("(-{} - 1)", c_number(before));
}

std::string c_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : base::printable(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      result += fmt::format("\\{:03o}", byte);
    } else {
      // Two question marks could begin a trigraph.
      if (c == '"' || c == '\\' || c == '?') result += '\\';
      result += c;
    }
  }
  return result + '"';
}

std::string c_comment(std::string_view text, std::size_t columns) {
  std::string result;
  for (char c : base::printable(text)) {
    if (result.size() >= columns && (static_cast<unsigned char>(c) & 0xc0) != 0x80)
      return result + "...";
    result += c == '\\' ? '/' : c;
  }
  return result;
}

std::string c_word(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (!is_word(c)) c = '_';
  return result;
}

std::string c_call(std::string_view head, const std::vector<std::string>& arguments) {
  std::string result = fmt::format("{}{}(", kIndent, head);
  const std::string indent(result.size(), ' ');
  std::size_t column = result.size();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string text = arguments[i] + (i + 1 < arguments.size() ? "," : ");");
    if (i != 0 && column + 1 + text.size() > kColumns) {
      result += '\n' + indent;
      column = indent.size();
    } else if (i != 0) {
      result += ' ';
      ++column;
    }
    result += text;
    column += text.size();
  }
  if (arguments.empty()) result += ");";
  return result + '\n';
}

}  // namespace gms::runner
