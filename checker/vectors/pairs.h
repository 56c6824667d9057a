// Calls whose ending depends on what the call before them wrote.
#pragma once

#include <span>
#include <vector>

#include "checker/conform/datum.h"
#include "ir/interp/interpreter.h"
#include "ir/ir.h"

namespace gms::check {

/// What the caller sees of the call, its result and what it tells, would be another if the function
/// were as it was in the state `before` that the last step began with.
bool depends_on_step(ir::interp::Interpreter& in, const ir::interp::State& before,
                     const ir::interp::State& after, ir::StateId function, ir::ActionId reader,
                     std::span<const Datum> args);

/// The functions in whose values the states differ.
std::vector<ir::StateId> changed_functions(const ir::interp::State& before,
                                           const ir::interp::State& after);

}  // namespace gms::check
