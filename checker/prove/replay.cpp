#include "checker/prove/replay.h"

#include <algorithm>

#include "checker/prove/completion.h"

namespace gms::check {

ReplayResult replay(const ir::Module& module, const Obligation& o,
                    const std::set<std::uint32_t>& hypotheses, std::string* state_text) {
  Completion completion(module, *o.candidate);
  ir::interp::Interpreter& interpreter = completion.interpreter();
  ReplayResult best = ReplayResult::kNotAState;
  if (o.kind == ObligationKind::kInitial)
    return interpreter.holds(o.property, interpreter.fresh()).is_false() ? ReplayResult::kViolated
                                                                         : ReplayResult::kHolds;
  const ir::Action& action = module.actions[o.action];
  for (const Fill fill : kFills) {
    const ir::interp::State state = completion.state(fill);
    if (state_text != nullptr) *state_text = ir::interp::state_text(module, state);
    const bool valid = std::all_of(hypotheses.begin(), hypotheses.end(), [&](std::uint32_t p) {
      return !interpreter.holds(p, state).is_false();
    });
    if (!valid) continue;
    if (o.kind == ObligationKind::kPreserved && interpreter.holds(o.property, state).is_false())
      continue;
    best = ReplayResult::kHolds;
    ir::interp::RunOptions options;
    options.keep_locals = true;
    for (const auto& outcome : interpreter.outcomes(
             state, o.action, completion.args(action.locals, action.params), options)) {
      const bool bad = o.kind == ObligationKind::kTwoState
                           ? interpreter.holds(o.property, state, outcome).is_false()
                           : interpreter.holds(o.property, outcome.next).is_false();
      if (bad) return ReplayResult::kViolated;
    }
  }
  return best;
}

}  // namespace gms::check
