// A value of any type of a spec as plain bits: how generic callers (tests, the checker) give
// arguments to a compiled model and read its answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <vector>

#include "model/runtime/handles.h"
#include "model/runtime/lazy.h"
#include "model/runtime/optional.h"

namespace gms::model {

struct Datum {
  std::uint64_t bits = 0;  // zero-extended; a handle: its generation, then its slot
  bool none = false;       // then bits is 0
  bool known = true;       // false: a value that the environment chose and nothing has shown
  friend bool operator==(const Datum&, const Datum&) = default;
};

/// `bits` has the width of T or, for integers of other widths, the spec's: numbers are cut to it.
template <class T>
struct DatumOf {
  static Datum make(T value, unsigned width = 64) {
    return {static_cast<std::uint64_t>(value) & bits_mask(width), false, true};
  }
  static T take(const Datum& datum) { return static_cast<T>(datum.bits); }
  static constexpr std::uint64_t bits_mask(unsigned width) {
    return ~std::uint64_t{0} >> (64 - width);
  }
};
template <class D>
struct DatumOf<Handle<D>> {
  static Datum make(Handle<D> handle, unsigned = 64) { return {handle.hash(), false, true}; }
  static Handle<D> take(const Datum& datum) {
    return Handle<D>{
        {static_cast<std::uint32_t>(datum.bits), static_cast<std::uint32_t>(datum.bits >> 32)}};
  }
};
template <class T>
struct DatumOf<Optional<T>> {
  static Datum make(Optional<T> value, unsigned width = 64) {
    return value.has_value() ? DatumOf<T>::make(value.value(), width) : Datum{0, true, true};
  }
  static Optional<T> take(const Datum& datum) {
    return datum.none ? Optional<T>{} : Optional<T>{DatumOf<T>::take(datum)};
  }
};
template <class T>
struct DatumOf<Lazy<T>> {
  static Datum make(Lazy<T> value, unsigned width = 64) {
    return value.is_known() ? DatumOf<T>::make(value.value(), width) : Datum{0, false, false};
  }
  static Lazy<T> take(const Datum& datum) {
    return datum.known ? Lazy<T>{DatumOf<T>::take(datum)} : Lazy<T>{};
  }
};

template <class T>
Datum to_datum(const T& value, unsigned width = 64) {
  return DatumOf<T>::make(value, width);
}
template <class T>
T from_datum(const Datum& datum) {
  return DatumOf<T>::take(datum);
}

/// Appends the outputs of a call, each with the width of its type.
template <class Tuple>
void append_outputs(const Tuple& fields, std::span<const std::uint8_t> widths,
                    std::vector<Datum>& out) {
  std::size_t at = 0;
  std::apply([&](const auto&... field) { (out.push_back(to_datum(field, widths[at++])), ...); },
             fields);
}

}  // namespace gms::model
