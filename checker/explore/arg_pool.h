// What is worth trying as an argument of an action: the values that its conditions compare the
// parameter with, taken back through the arithmetic on the way, their neighbours, and the simplest
// values of the type. Found once by reading the spec, so that the search need not guess.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/ir.h"

namespace gms::check {

/// Of one parameter. Handles have no values here: they come from the state.
struct ParamPool {
  ir::Type type;
  std::vector<std::uint64_t> values;  // different ones, the simplest first
  std::vector<std::uint64_t> masks;   // tested as bits: worth switching in another value
  std::uint64_t unit = 0;             // tested for being a multiple of it; 0: of nothing
  bool may_be_dead = false;           // tested for being live: worth trying a handle that is not
};

class ArgPools {
 public:
  /// `objects_of_lines`: what is made for an event that names it is tried as the event's call says.
  explicit ArgPools(const ir::Module& module, bool objects_of_lines = false);
  /// By position among the action's parameters.
  const std::vector<ParamPool>& of(ir::ActionId action) const { return pools_[action]; }

 private:
  std::vector<std::vector<ParamPool>> pools_;
};

}  // namespace gms::check
