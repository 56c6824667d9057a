// The reference interpreter as an Engine.
#pragma once

#include "checker/conform/judge.h"
#include "ir/interp/state.h"

namespace gms::check {

/// Engines that interpret the module, which must be well-formed, in the atomic reading
/// (ir/atomic.h), and outlive them. A program is made once for each valuation; the factory and its
/// copies share them.
EngineFactory interpreter_engines();

/// What is behind a state of one of these engines.
const ir::interp::State& interpreter_state(const EngineState& state);
/// A state for these engines, from one that belongs to the same module.
StatePtr make_interpreter_state(ir::interp::State state);

}  // namespace gms::check
