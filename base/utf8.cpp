#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace gms::base {
namespace {

struct Range {
  char32_t first, last;
};

// Zero-width: combining marks and variation selectors that occur in practice.
constexpr std::array kCombining{
    Range{0x0300, 0x036f}, Range{0x0483, 0x0489}, Range{0x0591, 0x05bd},
    Range{0x064b, 0x065f}, Range{0x1ab0, 0x1aff}, Range{0x1dc0, 0x1dff},
    Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f}, Range{0xfe20, 0xfe2f}};

// Two columns: the East Asian Wide and Fullwidth blocks and emoji.
constexpr std::array kWide{
    Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},   Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},
    Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},
    Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f},
    Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x3fffd}};

// Invisible characters that change how their neighbours are read: joiners, direction overrides,
// BOM.
constexpr std::array kHidden{Range{0x200b, 0x200f}, Range{0x2028, 0x202e}, Range{0x2060, 0x206f},
                             Range{0xfeff, 0xfeff}, Range{0xfff9, 0xfffb}, Range{0xe0000, 0xe0fff}};

template <std::size_t kCount>
bool contains(const std::array<Range, kCount>& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return range.first <= value && value <= range.last;
  });
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

void append_hex(std::string& out, std::uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[(value >> shift) & 0xf];
  }
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80) return {first, 1, true};

  std::size_t length = 0;
  if (first >= 0xc2 && first <= 0xdf) length = 2;
  if (first >= 0xe0 && first <= 0xef) length = 3;
  if (first >= 0xf0 && first <= 0xf4) length = 4;
  if (length == 0 || text.size() - offset < length) return {};

  char32_t value = first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[offset + i])) return {};
    value = (value << 6) | (static_cast<unsigned char>(text[offset + i]) & 0x3fU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return {};
  return {value, length, true};
}

std::uint64_t count_code_points(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count)
    at += decode_utf8(text, at).length;
  return count;
}

int display_width(char32_t value) {
  if (value < 0x300) return 1;
  if (contains(kCombining, value)) return 0;
  return contains(kWide, value) ? 2 : 1;
}

std::string escape_unprintable(std::string_view text, std::size_t offset, const CodePoint& point) {
  std::string out;
  if (!point.valid) {
    out = "\\x";
    append_hex(out, static_cast<unsigned char>(text[offset]), 2);
  } else if (point.value == '\n') {
    out = "\\n";
  } else if (point.value == '\r') {
    out = "\\r";
  } else if (point.value == '\t') {
    out = "\\t";
  } else if (point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0)) {
    out = "\\x";
    append_hex(out, static_cast<std::uint32_t>(point.value), 2);
  } else if (contains(kHidden, point.value)) {
    out = "\\u";
    append_hex(out, static_cast<std::uint32_t>(point.value), point.value > 0xffff ? 6 : 4);
  }
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const std::string escaped = escape_unprintable(text, at, point);
    if (escaped.empty()) {
      out += text.substr(at, point.length);
    } else {
      out += escaped;
    }
    at += point.length;
  }
  return out;
}

}  // namespace gms::base
