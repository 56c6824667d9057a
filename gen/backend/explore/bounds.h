// How large the systems are that an explorer looks at: what a user may bound, by the module's ids.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ir/ir.h"

namespace gms::gen::explore {

struct Bounds {
  /// By DomainId: how many handles there may be at a time, those included that are gone but still
  /// stored somewhere.
  std::vector<std::uint32_t> handles;
  /// By DomainId: how many of them are live in the first state.
  std::vector<std::uint32_t> at_start;
  /// By IndexSortId: the sort has the values 0 .. n - 1 as keys and in quantifiers. A stored value
  /// may also be n, an end.
  std::vector<std::uint64_t> sorts;
  /// Integers that are keys have the values 0 .. n - 1.
  std::uint64_t int_keys = 4;
  /// By StateId: the largest value of an integer function, where one is given.
  std::vector<std::optional<std::uint64_t>> largest;
  /// By ActionId: whether it is called.
  std::vector<bool> actions;
  /// By ActionId and position among its parameters: the bits that are tried, none included where
  /// that is wanted. Of handles nothing: every one is tried.
  std::vector<std::vector<std::vector<std::optional<std::uint64_t>>>> values;
  /// By ParamId.
  std::vector<std::uint64_t> params;
  /// What is checked, by index into Module::properties: invariants, lemmas, properties of calls and
  /// covers.
  std::vector<std::uint32_t> properties;
  bool symmetry = true;
  /// In the stepwise reading the domain of calls under way, and by ActionId: whether it is the next
  /// step of one. Else kNoId.
  ir::DomainId calls = ir::kNoId;
  std::vector<bool> goes_on;
};

}  // namespace gms::gen::explore
