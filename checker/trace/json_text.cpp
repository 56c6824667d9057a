// Strict on purpose: what is accepted here is what RFC 8259 and RFC 3629 call valid, nothing more.
#include "checker/trace/json_text.h"

#include <cstdio>

#include "base/utf8.h"

namespace gms::check {
namespace {

// The four hexadecimal digits at the start of `text`, or -1.
int hex4(std::string_view text) {
  if (text.size() < 4) return -1;
  int value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const char c = text[i];
    int digit;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      digit = (c | 0x20) - 'a' + 10;
    } else {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

char* put_utf8(char* out, std::uint32_t code) {
  const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6);
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3f));
    put(0x80 | (code >> 6 & 0x3f));
    put(0x80 | (code & 0x3f));
  }
  return out;
}

// What a one-letter escape stands for; NUL for a letter that is none.
char simple_escape(char letter) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t at = kLetters.find(letter);
  return at == std::string_view::npos ? '\0' : kMeanings[at];
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const base::CodePoint point = base::decode_utf8(text, 0);
  return point.valid ? point.length : 0;
}

std::string quote_name(std::string_view name) {
  constexpr std::size_t kShown = 60;
  return "'" + base::printable(name.substr(0, kShown)) + (name.size() > kShown ? "..." : "") + "'";
}

bool unescape(std::string_view raw, char* out, std::size_t& size, EscapeProblem* problem) {
  char* const start = out;
  const auto fail = [problem](std::size_t at, const char* message) {
    if (problem != nullptr) *problem = {at, message};
    return false;
  };
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      *out++ = raw[i];
      continue;
    }
    const std::size_t backslash = i++;
    if (i == raw.size()) return fail(backslash, "a backslash with nothing behind it");
    if (raw[i] != 'u') {
      const char meaning = simple_escape(raw[i]);
      if (meaning == '\0') return fail(backslash, "an escape that JSON does not know");
      *out++ = meaning;
      continue;
    }
    const int unit = hex4(raw.substr(i + 1));
    if (unit < 0) return fail(backslash, "\\u must be followed by four hexadecimal digits");
    i += 4;
    auto code = static_cast<std::uint32_t>(unit);
    if (code >= 0xdc00 && code < 0xe000)
      return fail(backslash, "a low surrogate without its high one");
    if (code >= 0xd800 && code < 0xdc00) {
      const int low = raw.substr(i + 1).starts_with("\\u") ? hex4(raw.substr(i + 3)) : -1;
      if (low < 0xdc00 || low >= 0xe000)
        return fail(backslash, "a high surrogate without its low one");
      code = 0x10000 + ((code - 0xd800) << 10) + (static_cast<std::uint32_t>(low) - 0xdc00);
      i += 6;
    }
    out = put_utf8(out, code);
  }
  size = static_cast<std::size_t>(out - start);
  return true;
}

std::string describe_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first >= 0x21 && first < 0x7f) return std::string("'") + text.front() + "'";
  if (first == 0) return "a NUL byte";
  const base::CodePoint point = base::decode_utf8(text, 0);
  char buffer[48];
  if (!point.valid) {
    std::snprintf(buffer, sizeof buffer, "byte 0x%02x, which is not valid UTF-8", unsigned{first});
  } else if (first < 0x80) {
    std::snprintf(buffer, sizeof buffer, "byte 0x%02x", unsigned{first});
  } else {
    std::snprintf(buffer, sizeof buffer, "U+%04X", static_cast<unsigned>(point.value));
  }
  return buffer;
}

}  // namespace gms::check
