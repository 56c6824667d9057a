// Where in an action's graph a call can be met by others, and what it has to remember there.
#pragma once

#include <set>
#include <vector>

#include "ir/stepwise/flow_graph.h"

namespace gms::ir::stepwise {

struct Places {
  /// By NodeId: others may run before this operation. Always so at the head of a loop.
  std::vector<bool> cut;
  /// By NodeId: the locals that are read from here on and may have a value.
  std::vector<std::set<VarId>> saved;
};

/// `kept`: locals that are wanted everywhere, because a property speaks of them.
Places find_places(const Module& module, const Action& action, const Graph& graph,
                   const std::set<VarId>& kept);

/// The locals of the graph that the expression reads, without its binders.
std::set<VarId> variables_of(const Module& module, ExprId id);

}  // namespace gms::ir::stepwise
