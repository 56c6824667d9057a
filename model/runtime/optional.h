// A value or none, trivially copyable, so that state functions and journals may hold it.
#pragma once

#include <cstdint>
#include <type_traits>

#include "model/runtime/hash.h"

namespace gms::model {

template <class T>
requires std::is_trivially_copyable_v<T>
class Optional {
 public:
  constexpr Optional() = default;  // none; NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Optional(T value)
      : value_(value), has_value_(true) {}  // implicit: a value is an optional one

  constexpr bool has_value() const { return has_value_; }

  /// The value; T{} for none.
  constexpr T value() const { return value_; }
  constexpr T value_or(T other) const { return has_value_ ? value_ : other; }

  constexpr std::uint64_t hash() const { return has_value_ ? hash_value(value_) + 1 : 0; }
  /// Both none, or both present and equal.
  friend constexpr bool operator==(const Optional&, const Optional&) = default;

 private:
  T value_{};  // T{} for none, so that comparing members compares values
  bool has_value_ = false;
};

}  // namespace gms::model
