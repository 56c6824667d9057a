// The steps of one action as actions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ir/stepwise/facts.h"
#include "ir/stepwise/stepwise.h"

namespace gms::ir::stepwise {

/// Where the calls of an action stand, and what they remember: the state functions of its steps.
struct CallStates {
  StateId at = kNoId;  // [Call] -> an enum of all actions' places; 0: before the call's first one
  std::map<VarId, StateId> remembers;
  std::map<NodeId, std::uint64_t> places;  // members of the enum of `at`
  std::map<NodeId, std::string> names;     // within the action
};

/// Appends the actions of `graph`'s steps to `out.module`, with what describes them. `original` is
/// the action, `of` its id in the original module, `clauses` that module's.
void emit_steps(Stepwise& out, const Action& original, ActionId of, const Graph& graph,
                const Places& places, const CallStates& states,
                const std::vector<LockStates>& locks, const std::vector<Clause>& clauses);

}  // namespace gms::ir::stepwise
