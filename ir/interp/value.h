// A value while the reference interpreter runs, and as it is kept in a cell of the state: known,
// none, or something that the environment chose and nobody has seen.
#pragma once

#include <cstdint>
#include <type_traits>

#include "model/runtime/hash.h"

namespace gms::ir::interp {

enum class Tag : std::uint8_t {
  kUnset,        // a local that this path has not assigned; an output that this path does not give
  kNone,         // of an optional type
  kKnown,        // `bits`; of an optional type: some(bits)
  kUnknown,      // any value of the type, none included
  kUnknownSome,  // of an optional type: any value but none
};

struct Value {
  // kKnown: the bits, zero-extended; handles by number, 0 is never live. Unknown values while an
  // action runs: where they were read, or 0 (see Executor).
  std::uint64_t bits = 0;
  // Unknown: values with the same symbol are equal, unless `each`; 0: nothing is known. Known and
  // `affine`: see Growth in eval.h.
  std::uint32_t symbol = 0;
  Tag tag = Tag::kUnset;
  // Inside quantifiers: 0, or 1 + the loop whose index this value follows, growing by 2^scale with
  // it.
  std::uint8_t affine = 0;
  std::uint8_t scale = 0;
  bool each = false;  // unknown: another value at each point of a state function

  static constexpr Value known(std::uint64_t bits) {
    Value v;
    v.bits = bits;
    v.tag = Tag::kKnown;
    return v;
  }
  static constexpr Value boolean(bool b) { return known(b ? 1 : 0); }
  static constexpr Value none() {
    Value v;
    v.tag = Tag::kNone;
    return v;
  }
  /// For arguments that a log lacks. The interpreter gives it a symbol.
  static constexpr Value unknown() {
    Value v;
    v.tag = Tag::kUnknown;
    return v;
  }

  constexpr bool is_known() const { return tag == Tag::kKnown || tag == Tag::kNone; }
  constexpr bool is_unknown() const { return tag == Tag::kUnknown || tag == Tag::kUnknownSome; }
  constexpr bool is_true() const { return tag == Tag::kKnown && bits != 0; }
  constexpr bool is_false() const { return tag == Tag::kKnown && bits == 0; }

  /// Of a cell; the same for states that differ in the names of symbols only.
  constexpr std::uint64_t hash() const {
    return model::hash_mix(bits, static_cast<std::uint64_t>(tag));
  }
  friend constexpr bool operator==(const Value& a, const Value& b) {
    return a.bits == b.bits && a.symbol == b.symbol && a.tag == b.tag && a.each == b.each;
  }
};
static_assert(sizeof(Value) == 16 && std::is_trivially_copyable_v<Value>);

}  // namespace gms::ir::interp
