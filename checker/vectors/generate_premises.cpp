// Vectors in which the premises of properties hold.
#include <algorithm>
#include <utility>

#include "checker/explore/explore.h"
#include "checker/explore/goal_book.h"
#include "checker/vectors/generator.h"

namespace gms::check {

namespace interp = ir::interp;

void Generator::reach_premises() {
  std::map<Valuation, std::unique_ptr<interp::Interpreter>> interpreters;
  const auto interpreter = [&](const Valuation& valuation) -> interp::Interpreter& {
    std::unique_ptr<interp::Interpreter>& one = interpreters[valuation];
    if (one == nullptr) one = std::make_unique<interp::Interpreter>(premises_.module, valuation);
    return *one;
  };
  std::map<std::uint32_t, std::uint32_t> open;  // cover -> requirement
  for (std::uint32_t r = 0; r < set_.requirements.size(); ++r)
    for (const Premises::Premise& premise : premises_.premises)
      if (set_.requirements[r].criterion == Criterion::kPremise &&
          set_.requirements[r].property == premise.property)
        open[premise.cover] = r;
  if (open.empty()) return;
  say("looking at the premises of properties");
  const auto note = [&](const Run& run, TestVector& vector) {
    interp::Interpreter& in = interpreter(run.valuation);
    interp::State state = in.fresh();
    for (const RunCall& call : run.calls) {
      interp::RunOptions options;
      options.keep_locals = true;
      std::optional<interp::State> next;
      for (const interp::Outcome& outcome : in.outcomes(state, call.action, call.args, options)) {
        if (outcome.clause != call.clause || next) continue;
        std::erase_if(open, [&](const auto& one) {
          if (!step_reaches(in, {GoalKind::kCover, one.first}, state, call.action, outcome))
            return false;
          set_.shown[one.second] = Shown::kYes;
          vector.shows.push_back(one.second);
          return true;
        });
        next = outcome.next;
      }
      if (!next) return;
      state = std::move(*next);
    }
  };
  for (std::size_t v = 0; v < chosen_runs_.size(); ++v)
    note(*chosen_runs_[v], set_.vectors[v]);
  if (open.empty()) return;
  std::vector<Goal> goals;
  goals.reserve(open.size());
  for (const auto& [cover, requirement] : open)
    goals.push_back({GoalKind::kCover, cover});
  ExploreOptions exploring;
  exploring.seed = options_.seed;
  exploring.seconds = 3600;
  exploring.max_calls = options_.max_calls / 4;
  exploring.valuations = options_.valuations;
  exploring.may_call = [&](const Valuation& valuation, const interp::State& state,
                           const RunCall* last, ir::ActionId action, std::span<const Datum> args) {
    return writer_.can_write(interpreter(valuation), state, last, action, args);
  };
  const ExploreReport report = explore(premises_.module, goals, exploring);
  for (const Reached& reached : report.goals) {
    if (!reached.run || !open.contains(reached.goal.id)) continue;
    std::optional<TestVector> vector = write(*reached.run);
    if (!vector) continue;
    const std::size_t before = open.size();
    note(told_.back(), *vector);  // its last line may have ended in another way
    if (open.size() < before) keep(std::move(*vector), told_.back());
  }
}

}  // namespace gms::check
