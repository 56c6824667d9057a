// Fixed-width arithmetic as the language defines it: modulo 2^width, two's complement, total, and
// with none of C++'s traps (promotion to int, undefined shifts and overflow, mixed comparison).
//
// Division and shifts follow SMT-LIB's bit-vectors, so that the model and the solvers agree
// everywhere: x / 0 is all ones (signed: -1 for x >= 0, else 1), x % 0 is x, and a shift by the
// width or more leaves no bit (signed right shift: copies of the sign).
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace gms::model {

/// An integer that arithmetic is defined on: u8..u64, i8..i64.
template <class T>
concept Word = std::integral<T> && !std::same_as<std::remove_cv_t<T>, bool> && sizeof(T) <= 8;

// ---- Widths known when the program runs: bit patterns, zero-extended to 64 bits. 1 <= width
// <= 64.
namespace bits {

constexpr std::uint64_t mask(unsigned width) {
  return ~std::uint64_t{0} >> (64 - width);
}
constexpr std::uint64_t wrap(std::uint64_t x, unsigned width) {
  return x & mask(width);
}

/// The pattern read as a signed number.
constexpr std::int64_t to_signed(std::uint64_t x, unsigned width) {
  return std::bit_cast<std::int64_t>(x << (64 - width)) >> (64 - width);
}
/// The pattern of a signed number, cut to the width.
constexpr std::uint64_t from_signed(std::int64_t x, unsigned width) {
  return wrap(std::bit_cast<std::uint64_t>(x), width);
}

constexpr std::uint64_t add(std::uint64_t a, std::uint64_t b, unsigned w) {
  return wrap(a + b, w);
}
constexpr std::uint64_t sub(std::uint64_t a, std::uint64_t b, unsigned w) {
  return wrap(a - b, w);
}
constexpr std::uint64_t mul(std::uint64_t a, std::uint64_t b, unsigned w) {
  return wrap(a * b, w);
}
constexpr std::uint64_t neg(std::uint64_t a, unsigned w) {
  return wrap(0 - a, w);
}
constexpr std::uint64_t bit_not(std::uint64_t a, unsigned w) {
  return wrap(~a, w);
}

constexpr std::uint64_t udiv(std::uint64_t a, std::uint64_t b, unsigned w) {
  return b == 0 ? mask(w) : a / b;
}
constexpr std::uint64_t urem(std::uint64_t a, std::uint64_t b) {
  return b == 0 ? a : a % b;
}

/// Rounds towards zero; the least number divided by -1 is itself.
constexpr std::uint64_t sdiv(std::uint64_t a, std::uint64_t b, unsigned w) {
  const bool minus_a = to_signed(a, w) < 0, minus_b = to_signed(b, w) < 0;
  const std::uint64_t size = udiv(minus_a ? neg(a, w) : a, minus_b ? neg(b, w) : b, w);
  return minus_a != minus_b ? neg(size, w) : size;
}
/// Has the sign of `a`.
constexpr std::uint64_t srem(std::uint64_t a, std::uint64_t b, unsigned w) {
  const bool minus_a = to_signed(a, w) < 0, minus_b = to_signed(b, w) < 0;
  const std::uint64_t size = urem(minus_a ? neg(a, w) : a, minus_b ? neg(b, w) : b);
  return minus_a ? neg(size, w) : size;
}

constexpr std::uint64_t shl(std::uint64_t a, std::uint64_t by, unsigned w) {
  return by >= w ? 0 : wrap(a << by, w);
}
constexpr std::uint64_t lshr(std::uint64_t a, std::uint64_t by, unsigned w) {
  return by >= w ? 0 : a >> by;
}
constexpr std::uint64_t ashr(std::uint64_t a, std::uint64_t by, unsigned w) {
  return from_signed(to_signed(a, w) >> (by >= w ? w - 1 : by), w);
}

constexpr bool uless(std::uint64_t a, std::uint64_t b) {
  return a < b;
}
constexpr bool sless(std::uint64_t a, std::uint64_t b, unsigned w) {
  return to_signed(a, w) < to_signed(b, w);
}

}  // namespace bits

// ---- Widths that C++ has, by type.
namespace detail {

template <Word T>
inline constexpr unsigned kWidth = sizeof(T) * 8;

template <Word T>
constexpr std::uint64_t pattern(T x) {
  return static_cast<std::uint64_t>(static_cast<std::make_unsigned_t<T>>(x));
}
template <Word T>
constexpr T from_pattern(std::uint64_t x) {
  return static_cast<T>(static_cast<std::make_unsigned_t<T>>(x));
}

}  // namespace detail

/// The value modulo 2^width of the target, whatever the signs.
template <Word To, Word From>
constexpr To wrap_to(From x) {
  return detail::from_pattern<To>(static_cast<std::uint64_t>(x));
}

/// Whether the target has this very number.
template <Word To, Word From>
constexpr bool fits(From x) {
  return std::in_range<To>(x);
}

template <Word T>
constexpr T add(T a, std::type_identity_t<T> b) {
  return detail::from_pattern<T>(detail::pattern(a) + detail::pattern(b));
}
template <Word T>
constexpr T sub(T a, std::type_identity_t<T> b) {
  return detail::from_pattern<T>(detail::pattern(a) - detail::pattern(b));
}
template <Word T>
constexpr T mul(T a, std::type_identity_t<T> b) {
  return detail::from_pattern<T>(detail::pattern(a) * detail::pattern(b));
}
template <Word T>
constexpr T neg(T a) {
  return detail::from_pattern<T>(0 - detail::pattern(a));
}
template <Word T>
constexpr T div(T a, std::type_identity_t<T> b) {
  const std::uint64_t x = detail::pattern(a), y = detail::pattern(b);
  constexpr unsigned kWidth = detail::kWidth<T>;
  return detail::from_pattern<T>(std::is_signed_v<T> ? bits::sdiv(x, y, kWidth)
                                                     : bits::udiv(x, y, kWidth));
}
template <Word T>
constexpr T rem(T a, std::type_identity_t<T> b) {
  const std::uint64_t x = detail::pattern(a), y = detail::pattern(b);
  return detail::from_pattern<T>(std::is_signed_v<T> ? bits::srem(x, y, detail::kWidth<T>)
                                                     : bits::urem(x, y));
}
template <Word T>
constexpr T shl(T a, std::uint64_t by) {
  return detail::from_pattern<T>(bits::shl(detail::pattern(a), by, detail::kWidth<T>));
}
/// Logical for unsigned types, arithmetic for signed ones.
template <Word T>
constexpr T shr(T a, std::uint64_t by) {
  const std::uint64_t x = detail::pattern(a);
  return detail::from_pattern<T>(std::is_signed_v<T> ? bits::ashr(x, by, detail::kWidth<T>)
                                                     : bits::lshr(x, by, detail::kWidth<T>));
}

/// Whether a shift by this much is one that C defines.
template <Word T>
constexpr bool is_defined_shift(std::uint64_t by) {
  return by < detail::kWidth<T>;
}

template <Word T>
constexpr bool add_overflows(T a, std::type_identity_t<T> b) {
  T sum;
  return __builtin_add_overflow(a, b, &sum);
}
template <Word T>
constexpr bool sub_overflows(T a, std::type_identity_t<T> b) {
  T difference;
  return __builtin_sub_overflow(a, b, &difference);
}
template <Word T>
constexpr bool mul_overflows(T a, std::type_identity_t<T> b) {
  T product;
  return __builtin_mul_overflow(a, b, &product);
}

/// Compares the numbers, also of a signed with an unsigned type.
template <Word A, Word B>
constexpr bool less(A a, B b) {
  return std::cmp_less(a, b);
}

}  // namespace gms::model
