// Calls that overlap, from one state: every order of their steps, the shortest first.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "checker/interleave/orders.h"
#include "checker/interleave/situations.h"
#include "checker/interleave/steps.h"

namespace gms::check {

/// All calls have ended.
struct OverlapEnd {
  const ir::interp::State& state;
  const std::vector<CallEnd>& ends;  // by the positions of the calls
  std::function<std::vector<RunCall>()> way;
};

struct OverlapOptions {
  std::size_t max_states = 3000;
  std::function<void(const OverlapEnd&)> on_end;  // may be empty; once for each way to end
};

struct OverlapResult {
  std::size_t states = 0, steps = 0;
  bool complete = true;  // no state was left out
  /// To a state in which some call has not ended, and none can go on or begin.
  std::optional<std::vector<RunCall>> stuck;
};

/// A step as it is taken.
struct StepMade {
  const ir::interp::State& before;
  const StepTaken& step;
  std::size_t depth;                          // steps that lead to `before`
  std::function<std::vector<RunCall>()> way;  // the same
};
/// False: look no further behind the step.
using StepVisitor = std::function<bool(const StepMade& made)>;

/// Each of the calls begins at any moment, and not at all. States that differ only in how they were
/// reached count once.
OverlapResult overlap(const Steps& steps, ir::interp::Interpreter& in,
                      const ir::interp::State& from, const std::vector<Intent>& calls,
                      const OverlapOptions& options, const StepVisitor& visit);

}  // namespace gms::check
