// What stands behind a refutation: a run from the fresh system if one is found.
#include <algorithm>

#include "checker/explore/explore.h"
#include "checker/explore/goal_book.h"
#include "checker/prove/completion.h"

namespace gms::check {
namespace {

std::string calls_text(std::size_t calls) {
  return calls == 0   ? "the fresh system itself"
         : calls == 1 ? "a run of 1 call from the fresh system"
                      : "a run of " + std::to_string(calls) + " calls from the fresh system";
}

}  // namespace

Refutation refute(const ir::Module& module, std::uint32_t property, const Obligation* refuted,
                  const ExploreReport* report, const ExploreOptions& options) {
  Refutation result;
  const Goal goal = goal_of(module, property);
  if (report != nullptr) {
    result.bound = report->bound;
    if (const Reached* known = report->find(goal)) result.run = known->run;
  }
  if (!result.run) {
    ExploreOptions alone = options;
    if (alone.valuations.empty() && refuted != nullptr && refuted->candidate) {
      alone.valuations.push_back(valuation_of(module, *refuted->candidate));
      const Valuation usual = default_valuation(module);
      if (alone.valuations.front() != usual) alone.valuations.push_back(usual);
    }
    // Clauses and covers lead the search to states of every kind.
    std::vector<Goal> goals{goal};
    for (const Goal& other : all_goals(module))
      if (other.kind != GoalKind::kViolation) goals.push_back(other);
    alone.needed = 1;
    ExploreReport found = explore(module, goals, alone);
    result.bound = found.bound;
    result.run = std::move(found.goals.front().run);
  }
  if (result.run) {
    const std::size_t calls =
        result.run->calls.size() + std::max(result.run->left.size(), result.run->right.size());
    result.text = calls_text(calls) + ":\n" + run_text(module, *result.run);
    return result;
  }
  if (refuted == nullptr || !refuted->candidate) {
    result.text = "a run was " + bound_text(result.bound) + '\n';
    return result;
  }
  result.step = replay_candidate(module, *refuted);
  result.text = "a counterexample to induction; a run from the fresh system was " +
                bound_text(result.bound) + ":\n" + candidate_text(module, *refuted);
  return result;
}

}  // namespace gms::check
