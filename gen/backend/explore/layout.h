// How a state is packed: which state functions are kept, the numbers that stand for their values,
// and where these are.
#pragma once

#include <string>

#include "gen/backend/explore/bounds.h"

namespace gms::gen::explore {

/// What a value is while a call runs, and its code in the state.
enum class Coding : std::uint8_t {
  kBool,    // itself
  kMember,  // of an enum: its place among the members
  kHandle,  // 1 .. n; 0: never live
  kIndex,   // 0 .. n
  kNumber,  // 0 .. largest
  kListed,  // the place in `listed`
};

struct Field {
  bool kept = false;
  std::string why_not;  // not kept: what it is left out for
  /// By key: how many values it has. The point with keys k has the number
  /// (k[0] * sizes[1] + k[1]) * sizes[2] + ...
  std::vector<std::uint64_t> sizes;
  std::uint64_t points = 1;
  Coding coding = Coding::kBool;
  std::vector<std::uint64_t> listed;
  std::uint64_t codes = 2;    // without the one of none
  bool optional = false;      // code 0 is none, the others are one higher
  std::uint64_t initial = 0;  // code of the initial value; what is stored is the code ^ initial
  /// Some call writes all of an index sort with something else than the initial value: then what is
  /// behind the bound is not known.
  bool whole = false;
  unsigned bits = 1;                           // 0: it can only have its initial value
  unsigned word = 0, shift = 0, per_word = 0;  // see model/explore_rt/field.h
};

/// A domain in the state.
struct Pool {
  bool created = false, destroyed = false;  // by actions that are called
  bool gone_bit = false;  // whether one was destroyed is remembered: calls may name what is gone
  unsigned word = 0, live_shift = 0, gone_shift = 0;
};

struct Layout {
  std::vector<Field> fields;  // by StateId
  std::vector<Pool> pools;    // by DomainId
  unsigned bits = 0, words = 1;
  /// Of Bounds::properties: those that can be checked, and the others with the reason.
  std::vector<std::uint32_t> checked;
  std::vector<std::pair<std::uint32_t, std::string>> unchecked;
  /// What does not fit at these bounds; then nothing else is meant.
  std::vector<std::string> problems;
};

/// A state has at most so many bits.
inline constexpr unsigned kMostBits = 1024;

Layout make_layout(const ir::Module& module, const Bounds& bounds);

/// The place of the value among the members, or their number.
std::uint64_t member_of(const ir::Enum& the_enum, std::uint64_t value);

}  // namespace gms::gen::explore
