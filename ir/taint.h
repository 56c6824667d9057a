// Which values never decide anything: they flow into outputs and into other such state only, so a
// log may lack them, and `any` may be stored.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace gms::ir {

struct ObserveOnly {
  std::vector<bool> states;               // by StateId
  std::vector<std::vector<bool>> params;  // by ActionId, then by position in Action::params
};

/// A value decides when it reaches a condition (of a clause, branch, update, choice, `require`,
/// retry, quantifier or `if` expression), a key of a state function, a bound, a destroyed handle,
/// or anything that an event's rule reads from the state. Flows through locals, calls and state
/// functions are followed whatever the order of the statements. Handles always decide. The ids in
/// the module must be in range.
ObserveOnly find_observe_only(const Module& module);

/// Stores the result in State::observe_only and Action::may_be_unlogged.
void mark_observe_only(Module& module);

}  // namespace gms::ir
