// A solver's counterexample run by the interpreter: the solver speaks of the points that it had to
// look at, and a state has all of them.
#pragma once

#include <set>
#include <string>

#include "checker/prove/prove.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

enum class ReplayResult : std::uint8_t {
  kViolated,   // a state in which the hypotheses hold, and a call after which the property is false
  kNotAState,  // no way was found to complete the points so that the hypotheses hold
  kHolds,      // the hypotheses hold, and no outcome violates the property
};

/// Of a refuted obligation of an invariant or a two-state property. `hypotheses`: the properties
/// that the proof assumed of the first state.
ReplayResult replay(const ir::Module& module, const Obligation& obligation,
                    const std::set<std::uint32_t>& hypotheses, std::string* state_text = nullptr);

}  // namespace gms::check
