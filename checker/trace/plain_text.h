// The values that nearly all fields of a trace have, read eight bytes at once: integers, short
// strings of ASCII without escapes, true, false, null. Whatever looks different is left to the JSON
// parser, which is the one that knows the rules.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "checker/trace/record.h"

namespace gms::check::plain {

/// Bytes that must be readable behind the line, whose first one is a control character.
inline constexpr std::size_t kPadding = 32;

namespace detail {

// In a word that was loaded from text, the first byte is the lowest.
inline constexpr bool kCanRead = std::endian::native == std::endian::little;

constexpr std::uint64_t each(unsigned char byte) {
  return 0x0101010101010101u * byte;
}
inline std::uint64_t load(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}
/// Bit 7 of the first byte that is below `least`, which is at most 128. Bytes behind it may be
/// marked wrongly.
constexpr std::uint64_t below(std::uint64_t word, unsigned char least) {
  return (word - each(least)) & ~word & each(0x80);
}
/// How many bytes are before the first that is marked in its upper half. The word is not 0.
constexpr unsigned bytes_before(std::uint64_t marked) {
  return static_cast<unsigned>(std::countr_zero(marked)) / 8;
}

inline constexpr std::array<std::uint64_t, 9> kTens{1,      10,      100,      1000,     10000,
                                                    100000, 1000000, 10000000, 100000000};

/// The number that the first `count` bytes write, 1 <= count <= 8; each byte is a digit's value.
constexpr std::uint64_t number_of(std::uint64_t digits, unsigned count) {
  digits <<= 64 - 8 * count;  // zeros in front
  digits = digits * 10 + (digits >> 8);
  constexpr std::uint64_t kPair = 0x000000ff000000ffu;
  return ((digits & kPair) * 0x000f424000000064u +
          ((digits >> 16) & kPair) * 0x0000271000000001u) >>
         32;
}

}  // namespace detail

/// Reads digits. The end of them, or null if there are none, too many, or zeros in front.
[[gnu::always_inline]] inline const char* read_digits(const char* at, std::uint64_t& out) {
  constexpr unsigned kMostDigits = 19;  // fit in any case
  const char* const start = at;
  std::uint64_t value = 0;
  for (;;) {
    const std::uint64_t digits = detail::load(at) ^ detail::each('0');
    const std::uint64_t others = (digits | (digits + detail::each(6))) & detail::each(0xf0);
    const unsigned count = others == 0 ? 8 : detail::bytes_before(others);
    if (count != 0) value = value * detail::kTens[count] + detail::number_of(digits, count);
    at += count;
    if (count != 8) break;
    if (at - start > kMostDigits) return nullptr;
  }
  const auto size = static_cast<std::size_t>(at - start);
  if (size == 0 || size > kMostDigits || (*start == '0' && size != 1)) return nullptr;
  out = value;
  return at;
}

/// The quote that ends a string which starts at `at`, or null if anything in it needs a closer
/// look.
[[gnu::always_inline]] inline const char* end_of_string(const char* at) {
  for (;; at += 8) {
    const std::uint64_t word = detail::load(at);
    const std::uint64_t marked = detail::below(word ^ detail::each('"'), 1) |
                                 detail::below(word ^ detail::each('\\'), 1) |
                                 detail::below(word, 0x20) | (word & detail::each(0x80));
    if (marked == 0) continue;
    at += detail::bytes_before(marked);
    return *at == '"' ? at : nullptr;
  }
}

namespace detail {
/// Whether four bytes at `at` are these; a call of memcmp would cost more.
inline bool four_are(const char* at, const char (&word)[5]) {
  std::uint32_t here, there;
  std::memcpy(&here, at, sizeof here);
  std::memcpy(&there, word, sizeof there);
  return here == there;
}
}  // namespace detail

/// Reads a scalar. What follows it, or null if it is none of the simple ones.
[[gnu::always_inline]] inline const char* read_scalar(const char* at, Value& out) {
  if constexpr (!detail::kCanRead) return nullptr;
  if (static_cast<unsigned char>(*at - '0') < 10) {
    std::uint64_t number = 0;
    const char* const end = read_digits(at, number);
    out = Value::of_unsigned(number);
    return end;
  }
  if (*at == '"') {
    const char* const end = end_of_string(++at);
    if (end == nullptr) return nullptr;
    out = Value::string(std::string_view(at, static_cast<std::size_t>(end - at)));
    return end + 1;
  }
  if (detail::four_are(at, "null")) {
    out = Value::null();
    return at + 4;
  }
  if (*at == '-') {
    std::uint64_t size = 0;
    const char* const end = read_digits(at + 1, size);
    if (end == nullptr || size >> 63 != 0) return nullptr;
    out = Value::of_signed(-static_cast<std::int64_t>(size));
    return end;
  }
  const bool no = *at == 'f';
  at += no ? 1 : 0;
  out = Value::boolean(!no);
  return detail::four_are(at, no ? "alse" : "true") ? at + 4 : nullptr;
}

}  // namespace gms::check::plain
