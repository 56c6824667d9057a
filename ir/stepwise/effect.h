// What `linearize` means. The call takes effect at that step, for what the step writes: that is
// claimed of the steps here, so that calls which overlap do to these functions what calls one after
// the other would.
#pragma once

#include <string>
#include <vector>

#include "ir/stepwise/flow_graph.h"

namespace gms::ir::stepwise {

/// Of an action with a step that is marked.
struct Effect {
  ActionId action = kNoId;
  StateId took = kNoId;       // [Call] -> bool: the call has been at the marked step
  std::vector<StateId> view;  // what the marked step writes
};

/// Adds the functions `took` and, to the marked steps, what sets them. Steps of procedures cannot
/// be marked: a problem, as are several marked steps that do not write the same functions.
std::vector<Effect> mark_effects(Module& module, std::vector<std::string>& problems);

/// What the call has tested since it first had a lock, as it must still be when it takes effect:
/// then tests and effect are as if at one moment.
struct Test {
  std::string name;      // of the step or exit that tests
  ExprId holds = kNoId;  // over the graph's locals
  /// What it would have led to is success without an effect: right as well where there is nothing
  /// to do.
  bool succeeds = false;
};

/// What is claimed of an action's steps. Expressions speak of Graph::locals.
struct EffectClaims {
  std::vector<Test> tests;
  ExprId nothing_to_do = kNoId;  // what the marked step writes is there already
};

/// Appends to `module`, and binders to the graph's locals. `clauses` are those that the graph
/// means. What the claims speak of is read by the marked operation from now on, and by successful
/// ends (Node::asked).
EffectClaims claims_of(Module& module, const std::vector<Clause>& clauses, Graph& graph,
                       const Effect& effect);

/// A claim about one step.
struct StepClaim {
  std::string name;
  ExprId expr = kNoId;
};

/// Of a step, whose locals begin with those of the graph; `call` is the call at hand.
/// - takes_effect_once: the marked step does not come twice, no other step changes what it writes,
///   and a call that has taken effect does not fail;
/// - still_TEST: at the marked step;
/// - nothing_left_to_do: where a call succeeds that has not taken effect.
/// Steps that can do none of this have no claim.
std::vector<StepClaim> claims_of_step(Module& module, ActionId step, VarId call,
                                      const Effect& effect, const Graph& graph,
                                      const EffectClaims& claims, std::vector<Local>& locals);

/// Of a step of an action that is not marked for the same functions: keeps_FUNCTION, that objects
/// which were there before keep their values. A step that does not write it needs no claim.
std::vector<StepClaim> claims_of_others(Module& module, ActionId step, const Effect& effect,
                                        std::vector<Local>& locals);

}  // namespace gms::ir::stepwise
