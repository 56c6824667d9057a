// Whether the solver's formulas of one call say what the interpreter says: from a known state, with
// known arguments, the step relation holds exactly the interpreter's outcomes.
#pragma once

#include <cstddef>
#include <string>

#include "checker/prove/random_walk.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

struct StepComparison {
  /// In words; empty: they agree.
  std::string disagreement;
  /// Why the solver's side could not be decided; empty if it was.
  std::string undecided;
  std::size_t paths = 0, queries = 0, points = 0;
};

/// `call` has all outcomes from `before`. Compared are clauses, outputs, live handles and the state
/// functions at some points of what the call changes or might; a value that the environment chose
/// agrees with every value.
StepComparison compare_step(const ir::Module& module, const ir::interp::Valuation& valuation,
                            const ir::interp::State& before, const RandomCall& call,
                            Random& random);

/// The call as text: `convert(Inode#1, 0, 2, private)`.
std::string call_text(const ir::Module& module, ir::ActionId action,
                      const std::vector<ir::interp::Value>& args);

}  // namespace gms::check
