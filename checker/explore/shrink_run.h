// Runs made shorter and simpler while they still reach their goal, and runs called again.
#pragma once

#include <optional>

#include "checker/explore/arg_pool.h"
#include "checker/explore/explore.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// The run itself if it cannot be made smaller, nothing if it does not reach the goal. Stops after
/// `max_tries` runs.
/// `options` say what calls a run may have, and which exits are goals only.
std::optional<Run> shrink_run(ir::interp::Interpreter& interpreter, const ArgPools& pools,
                              const Run& run, const Goal& goal, const ExploreOptions& options = {},
                              unsigned max_tries = 2000);

/// The same for a run that consists of steps of calls: `call_of` says by position to which call
/// each belongs. Calls are left out as a whole, and a step that its call no longer comes to is
/// skipped.
std::optional<Run> shrink_steps(ir::interp::Interpreter& interpreter, const ArgPools& pools,
                                const Run& run, const std::vector<std::uint32_t>& call_of,
                                const Goal& goal, unsigned max_tries = 2000);

/// The outcome of the call that the run describes.
std::optional<ir::interp::Outcome> repeat(ir::interp::Interpreter& interpreter,
                                          const ir::interp::State& state, const RunCall& call);

}  // namespace gms::check
