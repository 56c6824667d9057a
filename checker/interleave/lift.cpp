#include "checker/interleave/lift.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "checker/explore/shrink_run.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

using Runs = std::vector<std::tuple<interp::HandleKey, std::uint64_t, std::uint64_t, Datum>>;

Runs runs_of(const interp::State& state, ir::StateId id) {
  Runs result;
  state.for_each_run(
      id, [&](const interp::HandleKey& key, std::uint64_t from, std::uint64_t last, Datum value) {
        if (value.is_unknown()) value = Datum::unknown();  // symbols have no names
        result.emplace_back(key, from, last, value);
      });
  return result;
}

}  // namespace

Lifter::Lifter(const ir::Module& atomic, const Steps& steps) : steps_(steps) {
  const ir::Module& s = steps.module();
  const auto numbers = [](const auto& all, const auto& in) {
    std::vector<std::uint32_t> result;
    for (const auto& one : all) {
      const auto at = std::find_if(in.begin(), in.end(),
                                   [&](const auto& other) { return other.name == one.name; });
      result.push_back(static_cast<std::uint32_t>(at - in.begin()));
    }
    return result;
  };
  state_of_ = numbers(atomic.states, s.states);
  domain_of_ = numbers(atomic.domains, s.domains);
}

std::set<ir::StateId> Lifter::differences(const interp::State& alone,
                                          const interp::State& stepwise) const {
  std::set<ir::StateId> result;
  for (ir::DomainId d = 0; d < domain_of_.size(); ++d) {
    const auto a = alone.live(d), b = stepwise.live(domain_of_[d]);
    if (!std::equal(a.begin(), a.end(), b.begin(), b.end())) result.insert(ir::kNoId);
  }
  for (ir::StateId id = 0; id < state_of_.size(); ++id)
    if (runs_of(alone, id) != runs_of(stepwise, state_of_[id])) result.insert(id);
  return result;
}

std::optional<Lifted> Lifter::lift(interp::Interpreter& alone, interp::Interpreter& in,
                                   const Run& run) const {
  interp::State state = alone.fresh();
  Lifted result{{}, in.fresh()};
  for (const RunCall& call : run.calls) {
    std::optional<interp::Outcome> outcome = repeat(alone, state, call);
    if (!outcome) return std::nullopt;
    auto after = steps_.alone(
        in, result.state, {call.action, call.args},
        [&](const RunCall& last, const interp::State& end) {
          return last.result == call.result && differences(outcome->next, end).empty();
        },
        result.steps);
    if (!after) return std::nullopt;
    result.state = std::move(*after);
    state = std::move(outcome->next);
  }
  return result;
}

}  // namespace gms::check
