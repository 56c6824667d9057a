// At which places of an action a call may have something that only it can change: a lock, or a
// value of a state function whose first key is the call. Everywhere else, and so when the call
// ends, there is nothing of it left.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "ir/stepwise/flow_graph.h"
#include "ir/stepwise/places.h"

namespace gms::ir::stepwise {

/// By StateId: the first key is a call, and each action writes what belongs to its own call only.
std::vector<bool> own_states(const Module& module);

/// Cut nodes at which the call's part of a function may differ from its initial value; of those
/// that `own` names.
std::map<StateId, std::set<NodeId>> find_owned(const Module& module, const Graph& graph,
                                               const Places& places, const std::vector<bool>& own);

}  // namespace gms::ir::stepwise
