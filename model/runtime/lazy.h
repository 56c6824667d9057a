// Values that the environment chose and no observation has shown yet: unknown as a whole for
// integers, a set of candidates for enums and bools; and the three-valued truth of a test on them.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>

#include "model/runtime/hash.h"

namespace gms::model {

enum class Truth : std::uint8_t { kNo, kYes, kUnknown };

constexpr Truth truth(bool x) {
  return x ? Truth::kYes : Truth::kNo;
}
constexpr Truth operator!(Truth x) {
  return x == Truth::kUnknown ? x : truth(x == Truth::kNo);
}
constexpr Truth operator&(Truth a, Truth b) {
  if (a == Truth::kNo || b == Truth::kNo) return Truth::kNo;
  return a == Truth::kYes && b == Truth::kYes ? Truth::kYes : Truth::kUnknown;
}
constexpr Truth operator|(Truth a, Truth b) {
  if (a == Truth::kYes || b == Truth::kYes) return Truth::kYes;
  return a == Truth::kNo && b == Truth::kNo ? Truth::kNo : Truth::kUnknown;
}

/// What is known afterwards if an observation is joined with what was known.
enum class Observed : std::uint8_t { kAgrees, kLearnt, kContradicts };

/// A known value, or one that is not known yet. Two unknown ones compare equal as states of
/// knowledge, which says nothing about the values: use `equals` for a test of the model.
template <class T>
requires std::is_trivially_copyable_v<T>
class Lazy {
 public:
  /// Unknown.
  constexpr Lazy() = default;
  constexpr Lazy(T value) : value_(value), known_(true) {}  // NOLINT(google-explicit-constructor)
  /// From what converts to a value, or a value of it that may be unknown: of an optional type.
  template <class U>  // NOLINTNEXTLINE(google-explicit-constructor)
  requires(std::convertible_to<U, T> && !std::same_as<U, T>) constexpr Lazy(U value)
      : value_(static_cast<T>(value)), known_(true) {}
  template <class U>  // NOLINTNEXTLINE(google-explicit-constructor)
  requires(std::convertible_to<U, T> && !std::same_as<U, T>) constexpr Lazy(
      const Lazy<U>& other)  // implicit: what may be unknown, too
      : value_(other.is_known() ? T(other.value()) : T{}), known_(other.is_known()) {}
  static constexpr Lazy unknown() { return Lazy(); }

  constexpr bool is_known() const { return known_; }

  /// The value; T{} while it is unknown.
  constexpr T value() const { return value_; }

  constexpr Truth equals(const Lazy& other) const {
    return known_ && other.known_ ? truth(value_ == other.value_) : Truth::kUnknown;
  }

  /// Joins with a value that was seen. Changes nothing on a contradiction.
  constexpr Observed observe(T seen) {
    if (known_) return value_ == seen ? Observed::kAgrees : Observed::kContradicts;
    *this = seen;
    return Observed::kLearnt;
  }

  constexpr std::uint64_t hash() const { return known_ ? hash_value(value_) + 1 : 0; }
  friend constexpr bool operator==(const Lazy&, const Lazy&) = default;

 private:
  T value_{};  // T{} while unknown, so that comparing members compares knowledge
  bool known_ = false;
};

/// A function of known values, applied to values of which some may be unknown.
template <class Fn, class... T>
constexpr auto lift(Fn&& fn, const Lazy<T>&... values) -> Lazy<decltype(fn(values.value()...))> {
  if (!(values.is_known() && ...)) return {};
  return fn(values.value()...);
}

/// The candidates for a value of an enum or a bool with at most `kCount` <= 64 values, numbered
/// from 0. Never empty, except as the result of `keep`, which the caller has to test.
template <class E, unsigned kCount>
requires((std::is_enum_v<E> || std::same_as<E, bool>)&&kCount >= 1 && kCount <= 64) class Among {
 public:
  /// Any value.
  constexpr Among() = default;
  constexpr Among(E value) : mask_(bit(value)) {}  // NOLINT(google-explicit-constructor)
  static constexpr Among of_mask(std::uint64_t mask) {
    Among result;
    result.mask_ = static_cast<Mask>(mask & kAll);
    return result;
  }

  constexpr std::uint64_t mask() const { return mask_; }
  constexpr bool is_known() const { return std::has_single_bit(mask_); }
  constexpr bool is_empty() const { return mask_ == 0; }
  constexpr unsigned count() const { return static_cast<unsigned>(std::popcount(mask_)); }
  constexpr bool may_be(E value) const { return (mask_ & bit(value)) != 0; }

  /// The value that is known, or the least candidate. Not empty.
  constexpr E value() const { return static_cast<E>(std::countr_zero(mask_)); }

  constexpr Truth equals(E value) const {
    if (!may_be(value)) return Truth::kNo;
    return is_known() ? Truth::kYes : Truth::kUnknown;
  }

  /// The candidates that are in both; empty on a contradiction.
  [[nodiscard]] constexpr Among keep(Among other) const { return of_mask(mask_ & other.mask_); }
  [[nodiscard]] constexpr Among drop(E value) const {
    return of_mask(mask_ & ~std::uint64_t{bit(value)});
  }
  [[nodiscard]] constexpr Among join(Among other) const { return of_mask(mask_ | other.mask_); }

  constexpr std::uint64_t hash() const { return mask_; }
  friend constexpr bool operator==(const Among&, const Among&) = default;

 private:
  using Mask = std::conditional_t<
      kCount <= 8, std::uint8_t,
      std::conditional_t<kCount <= 16, std::uint16_t,
                         std::conditional_t<kCount <= 32, std::uint32_t, std::uint64_t>>>;
  static constexpr std::uint64_t kAll = ~std::uint64_t{0} >> (64 - kCount);

  static constexpr Mask bit(E value) {
    return static_cast<Mask>(std::uint64_t{1} << static_cast<unsigned>(value));
  }

  Mask mask_ = static_cast<Mask>(kAll);
};

}  // namespace gms::model
