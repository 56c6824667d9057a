// Hashing of states: a sequential hasher, and a commutative one that is updated as cells change.
// 64 bits, not keyed: for tables of states that also compare the states, not for hostile input.
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace gms::model {

/// Multiplies to 128 bits and folds: every bit of either argument reaches the whole result.
constexpr std::uint64_t hash_mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a ^ 0x9e3779b97f4a7c15u) * (b ^ 0xe7037ed1a0b428dbu);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// The hash of one value: integers, bools and enums by their number, other types by their `hash()`.
template <class T>
constexpr std::uint64_t hash_value(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<std::uint64_t>(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<std::uint64_t>(value);
  } else {
    return value.hash();
  }
}

/// Order matters: add(1), add(2) and add(2), add(1) differ.
class Hasher {
 public:
  template <class T>
  constexpr Hasher& add(const T& value) {
    state_ = hash_mix(state_ + 0x2545f4914f6cdd1du, hash_value(value));
    return *this;
  }
  constexpr std::uint64_t finish() const { return hash_mix(state_, 0x8ebc6af09c88c6e3u); }

 private:
  std::uint64_t state_ = 0;
};

/// The hash of one cell of a state: which state function, at which key, holding what.
constexpr std::uint64_t hash_cell(std::uint64_t field, std::uint64_t key, std::uint64_t value) {
  return Hasher().add(field).add(key).add(value).finish();
}

/// A hash of a set of cells that does not depend on their order, and is kept up to date by removing
/// the old cell and adding the new one. Cells that hold their default are left out by convention.
class SetHash {
 public:
  constexpr void add(std::uint64_t cell) { sum_ += cell; }
  constexpr void remove(std::uint64_t cell) { sum_ -= cell; }
  constexpr void replace(std::uint64_t before, std::uint64_t after) { sum_ += after - before; }
  constexpr std::uint64_t finish() const { return hash_mix(sum_, 0xa0761d6478bd642fu); }
  friend constexpr bool operator==(const SetHash&, const SetHash&) = default;

 private:
  std::uint64_t sum_ = 0;
};

}  // namespace gms::model
