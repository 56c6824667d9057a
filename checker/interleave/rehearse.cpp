#include "checker/interleave/rehearse.h"

#include <cstddef>
#include <vector>

#include "checker/explore/goal_book.h"
#include "checker/interleave/overlap.h"
#include "checker/interleave/steps.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

/// The call in words of the other version.
std::optional<Intent> translated(const Steps& from, const RunCall& first, const Steps& to) {
  const auto original = to.find(call_name(from.module().actions[first.action]));
  if (!original) return std::nullopt;
  const ir::Action& theirs = to.module().actions[to.first(*original)];
  if (theirs.params.size() != first.args.size()) return std::nullopt;
  return Intent{*original, first.args};
}

}  // namespace

std::optional<bool> breaks_too(const ir::Stepwise& from, const Run& run, const ir::Stepwise& other,
                               const Valuation& values, std::uint32_t property) {
  const Steps ours(from), theirs(other);
  interp::Interpreter in(other.module, values), in_ours(from.module, run.valuation);
  const ReplayedSteps replayed = ours.replay(in_ours, run);
  interp::State state = in.fresh();
  std::vector<Intent> overlapping;
  std::vector<RunCall> steps;
  for (std::size_t n = 0; n < replayed.calls.size(); ++n) {
    const auto intent = translated(ours, run.calls[replayed.calls[n].first], theirs);
    if (!intent) return std::nullopt;
    if (n >= replayed.alone_before()) {
      overlapping.push_back(*intent);
      continue;
    }
    const std::uint64_t result = run.calls[replayed.calls[n].last].result;
    auto after = theirs.alone(
        in, state, *intent,
        [&](const RunCall& last, const interp::State&) { return last.result == result; }, steps);
    if (!after) return std::nullopt;
    state = std::move(*after);
  }
  const Goal goal = goal_of(other.module, property);
  bool broken = false;
  overlap(theirs, in, state, overlapping, {}, [&](const StepMade& made) {
    broken =
        broken || step_reaches(in, goal, made.before, made.step.call.action, made.step.outcome);
    return !broken;
  });
  return broken;
}

}  // namespace gms::check
