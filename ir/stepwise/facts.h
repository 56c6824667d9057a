// What may be relied on at each place of an action, as its own text suggests: conditions that were
// tested on the way, what was stored, which locks are held, what a loop has seen so far. They are
// guesses; a proof keeps those that hold whatever the other calls do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ir/stepwise/flow_graph.h"
#include "ir/stepwise/places.h"

namespace gms::ir::stepwise {

struct LockStates {
  StateId writer = kNoId, reader = kNoId;
};

/// For each cut node, expressions over the graph's locals and `self` without those that a call does
/// not remember there. Appends to `module`, and binders to the graph's locals. `claimed`, by
/// StateId: some invariant speaks of it, so facts do as well, even if no condition reads it.
/// `own`, by StateId: only the call itself writes what belongs to it (ir/stepwise/owned.h).
std::map<NodeId, std::vector<ExprId>> find_facts(Module& module, Graph& graph, const Places& places,
                                                 const std::vector<LockStates>& locks,
                                                 const std::vector<bool>& claimed,
                                                 const std::vector<bool>& own);

}  // namespace gms::ir::stepwise
