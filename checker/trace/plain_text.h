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

#include "checker/trace/byte_block.h"
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
  if (*at == '0') {
    out = 0;
    return static_cast<unsigned char>(at[1] - '0') < 10 ? nullptr : at + 1;
  }
  const std::uint32_t others = ByteBlock(at).not_digits();
  const unsigned size = others == 0 ? 16 : static_cast<unsigned>(std::countr_zero(others));
  const std::uint64_t first = detail::load(at) ^ detail::each('0');
  if (size <= 8) {
    if (size == 0) return nullptr;
    out = detail::number_of(first, size);
    return at + size;
  }
  out = detail::number_of(first, 8);
  const std::uint64_t second = detail::load(at + 8) ^ detail::each('0');
  if (size < 16) {
    out = out * detail::kTens[size - 8] + detail::number_of(second, size - 8);
    return at + size;
  }
  out = out * detail::kTens[8] + detail::number_of(second, 8);
  const char* end = at + 16;
  for (; static_cast<unsigned char>(*end - '0') < 10; ++end) {
    if (end == at + kMostDigits) return nullptr;
    out = out * 10 + static_cast<unsigned char>(*end - '0');
  }
  return end;
}

/// The quote that ends a string which starts at `at`, or null if anything in it needs a closer
/// look.
[[gnu::always_inline]] inline const char* end_of_string(const char* at) {
  for (;; at += ByteBlock::kSize) {
    const std::uint32_t special = ByteBlock(at).special();
    if (special == 0) continue;
    at += std::countr_zero(special);
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
