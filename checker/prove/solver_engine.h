// Judges calls by the solver instead of the interpreter: the call's paths are formulas over the
// state that is known, what was seen of the call is added, and Z3 says which clauses agree.
#pragma once

#include "checker/conform/judge.h"
#include "checker/prove/solver.h"

namespace gms::check {

/// Engines like those of interpreter_engines(), with its states. An outcome is one that the solver
/// allows; the interpreter only carries it out, and the solver is asked whether the call may leave
/// that state. If the interpreter cannot get there, the solver does not allow the state, or does
/// not know, the call is undecided. What a line of a trace says (names, arguments, defaults) is
/// read by the interpreter.
EngineFactory solver_engines(const SolverLimits& limits = {10000, false});

}  // namespace gms::check
