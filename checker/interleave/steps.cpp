#include "checker/interleave/steps.h"

#include <algorithm>
#include <map>
#include <utility>

#include "checker/explore/search.h"
#include "checker/explore/shrink_run.h"
#include "ir/calls.h"

namespace gms::check {

namespace interp = ir::interp;

std::string call_name(const ir::Action& step) {
  return step.name.substr(0, step.name.find('.'));
}

std::size_t ReplayedSteps::alone_before() const {
  const auto overlapping =
      std::find_if(calls.begin(), calls.end(), [](const CallInRun& call) { return !call.alone; });
  return static_cast<std::size_t>(overlapping - calls.begin());
}

Steps::Steps(const ir::Stepwise& stepwise)
    : s_(stepwise), calls_(ir::call_domain(stepwise.module)) {
  for (ir::StateId id = 0; id < s_.module.states.size(); ++id)
    if (s_.module.states[id].name == "Call.at") at_ = id;
  for (ir::ActionId a = 0; a < s_.module.actions.size(); ++a) {
    const ir::Stepwise::Origin& origin = s_.origins[a];
    const std::uint32_t place = s_.place_of_action[a];
    if (origin.whole || place == 0) {
      if (first_.size() <= origin.action) first_.resize(origin.action + 1, ir::kNoId);
      first_[origin.action] = a;
    } else {
      if (from_.size() <= place) from_.resize(place + 1, ir::kNoId);
      from_[place] = a;
    }
  }
}

ir::ActionId Steps::next(const interp::State& state, std::uint32_t call) const {
  const std::uint64_t key = call;
  return from_[state.read(at_, {&key, 1}).bits];
}

std::vector<StepTaken> Steps::take(interp::Interpreter& in, const interp::State& state,
                                   ir::ActionId action, const std::vector<Datum>& args) const {
  std::vector<StepTaken> result;
  std::map<ir::ClauseId, std::uint32_t> choices;
  for (interp::Outcome& outcome : in.outcomes(state, action, args, call_options())) {
    const std::uint32_t choice = choices[outcome.clause]++;
    if (!outcome.next.exact()) continue;
    RunCall call{action, args, outcome.clause, outcome.result, outcome.outputs, choice};
    result.push_back({std::move(call), std::move(outcome)});
  }
  return result;
}

std::optional<ir::ActionId> Steps::find(std::string_view name) const {
  for (ir::ActionId original = 0; original < first_.size(); ++original)
    if (first_[original] != ir::kNoId && call_name(s_.module.actions[first_[original]]) == name)
      return original;
  return std::nullopt;
}

std::optional<interp::State> Steps::alone(interp::Interpreter& in, const interp::State& state,
                                          const Intent& call, const Accept& accept,
                                          std::vector<RunCall>& steps) const {
  const std::uint32_t handle = next_call(state);
  return go_on(in, take(in, state, first(call.action), call.args), handle, accept, steps, 0);
}

std::optional<interp::State> Steps::go_on(interp::Interpreter& in, std::vector<StepTaken> ways,
                                          std::uint32_t call, const Accept& accept,
                                          std::vector<RunCall>& steps, unsigned depth) const {
  constexpr unsigned kMaxSteps = 64;  // of one call: more is a loop that waits for another one
  for (StepTaken& way : ways) {
    interp::State& after = way.outcome.next;
    steps.push_back(std::move(way.call));
    if (!is_live(after, call)) {
      if (accept(steps.back(), after)) return std::move(after);
    } else if (depth < kMaxSteps) {
      auto end = go_on(in, take(in, after, next(after, call), {Datum::known(call)}), call, accept,
                       steps, depth + 1);
      if (end) return end;
    }
    steps.pop_back();
  }
  return std::nullopt;
}

ReplayedSteps Steps::replay(interp::Interpreter& in, const Run& run) const {
  ReplayedSteps result;
  result.states.push_back(in.fresh());
  std::map<std::uint32_t, std::uint32_t> live;
  for (std::size_t i = 0; i < run.calls.size(); ++i) {
    const RunCall& step = run.calls[i];
    const bool whole = s_.origins[step.action].whole;
    auto outcome = repeat(in, result.states.back(), step);
    if (!outcome) break;
    auto number = static_cast<std::uint32_t>(result.calls.size());
    if (whole || s_.place_of_action[step.action] == 0) {
      const std::uint32_t handle = whole ? 0 : next_call(result.states.back());
      result.calls.push_back({handle, i, i});
      if (!whole) live[handle] = number;
    } else {
      number = live.at(static_cast<std::uint32_t>(step.args[0].bits));
    }
    CallInRun& call = result.calls[number];
    call.last = i;
    call.ended = call.handle == 0 || !is_live(outcome->next, call.handle);
    result.call_of.push_back(number);
    result.states.push_back(std::move(outcome->next));
  }
  for (CallInRun& a : result.calls) {
    a.alone = a.ended;
    for (const CallInRun& b : result.calls) {
      const bool apart = (b.ended && b.last < a.first) || (a.ended && a.last < b.first);
      if (&a != &b && !apart) a.alone = false;
    }
  }
  return result;
}

}  // namespace gms::check
