#include "checker/vectors/notice.h"

#include <algorithm>

#include "checker/explore/shown_value.h"
#include "checker/vectors/observable.h"
#include "checker/vectors/pairs.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

constexpr std::size_t kMaxStates = 4;

/// Whether the caller cannot tell the outcome from what the call has shown.
bool may_be(const interp::Outcome& outcome, const RunCall& call) {
  if (outcome.result != call.result) return false;
  for (std::size_t i = 0; i < outcome.outputs.size(); ++i)
    if (!call.outputs[i].is_unknown() && !may_equal(outcome.outputs[i], call.outputs[i]))
      return false;
  return true;
}

}  // namespace

ChangedSpec::ChangedSpec(const ir::Module& original, const ir::Mutation& mutation,
                         const std::map<ir::ParamId, std::uint64_t>& fixed)
    : m_(original),
      changed_(ir::apply(original, mutation)),
      touched_(ir::touched_actions(original, mutation)),
      observable_(observable_functions(original, changed_, fixed)) {}

bool ChangedSpec::same(const interp::State& a, const interp::State& b) const {
  return a.same_where(observable_, b);
}

std::vector<ir::StateId> ChangedSpec::apart(const Pair& at) const {
  std::vector<ir::StateId> functions = changed_functions(at.changed.front(), at.state);
  std::erase_if(functions, [&](ir::StateId f) { return !observable_[f]; });
  return functions;
}

std::optional<Run> ChangedSpec::confirmed(const NoticeAids& aids, Run run) {
  constexpr unsigned kMostRefused = 150;
  if (refused_ == kMostRefused) return std::nullopt;
  if (aids.is_noticed(run)) return run;
  ++refused_;
  return std::nullopt;
}

ChangedSpec::Kernel& ChangedSpec::kernel(const Valuation& valuation) {
  std::unique_ptr<Kernel>& one = kernels_[valuation];
  if (one == nullptr) one = std::make_unique<Kernel>(m_, changed_, valuation);
  return *one;
}

bool ChangedSpec::is_touched(ir::ActionId action) const {
  return std::find(touched_.begin(), touched_.end(), action) != touched_.end();
}

ChangedSpec::States ChangedSpec::follow(Kernel& k, const States& from, const RunCall& call) {
  States to;
  const interp::Observed seen{call.result, call.outputs};
  interp::RunOptions observing;
  observing.observed = &seen;
  for (const interp::State& state : from) {
    ++calls_;
    for (interp::Outcome& outcome : k.changed.outcomes(state, call.action, call.args, observing))
      if (to.size() < kMaxStates && may_be(outcome, call)) to.push_back(std::move(outcome.next));
  }
  return to;
}

bool ChangedSpec::exceeds(Kernel& k, const States& from, ir::ActionId action,
                          const std::vector<Datum>& args,
                          const std::vector<interp::Outcome>& allowed) {
  for (const interp::State& state : from) {
    for (const interp::Outcome& outcome : k.changed.outcomes(state, action, args)) {
      RunCall call{action, args, outcome.clause, outcome.result, outcome.outputs, 0};
      if (std::none_of(allowed.begin(), allowed.end(),
                       [&](const interp::Outcome& one) { return may_be(one, call); }))
        return true;
    }
  }
  return false;
}

bool ChangedSpec::is_noticed_by(const Run& run) {
  if (std::none_of(run.calls.begin(), run.calls.end(),
                   [&](const RunCall& call) { return is_touched(call.action); }))
    return false;
  Kernel& k = kernel(run.valuation);
  interp::State original = k.in.fresh();
  States states{k.changed.fresh()};
  for (const RunCall& call : run.calls) {
    const std::vector<interp::Outcome> allowed = k.in.outcomes(original, call.action, call.args);
    // Alike states end alike unless the action is another.
    const bool alike = !is_touched(call.action) && states.size() == 1 && original == states.front();
    if (!alike && exceeds(k, states, call.action, call.args, allowed)) return true;
    states = follow(k, states, call);
    if (states.empty()) return true;
    const interp::Observed seen{call.result, call.outputs};
    interp::RunOptions observing;
    observing.observed = &seen;
    std::vector<interp::Outcome> ends = k.in.outcomes(original, call.action, call.args, observing);
    const auto taken = std::find_if(ends.begin(), ends.end(), [&](const auto& outcome) {
      return outcome.clause == call.clause && may_be(outcome, call);
    });
    if (taken == ends.end()) return false;
    original = std::move(taken->next);
  }
  return false;
}

Run ChangedSpec::run_of(const Trail& trail, const RunCall* last) {
  Run run = *trail.way;
  run.calls.insert(run.calls.end(), trail.calls.begin(), trail.calls.end());
  if (last != nullptr) run.calls.push_back(*last);
  return run;
}

bool ChangedSpec::may_call(const NoticeAids& aids, const Trail& trail, bool in_changed,
                           ir::ActionId action, const std::vector<Datum>& args) {
  const std::vector<RunCall>& calls = trail.calls.empty() ? trail.way->calls : trail.calls;
  return aids.may_call(in_changed ? trail.kernel->changed : trail.kernel->in,
                       in_changed ? trail.at.changed.front() : trail.at.state,
                       calls.empty() ? nullptr : &calls.back(), action, args);
}

std::optional<RunCall> ChangedSpec::notice(const Trail& trail, ir::ActionId action,
                                           const std::vector<Datum>& args, std::vector<Trail>* next,
                                           bool alike_too) {
  ++calls_;
  Kernel& k = *trail.kernel;
  std::map<ir::ClauseId, std::uint32_t> choices;
  std::vector<interp::Outcome> outcomes = k.in.outcomes(trail.at.state, action, args);
  if (!outcomes.empty() && exceeds(k, trail.at.changed, action, args, outcomes))
    return RunCall{
        action, args, outcomes.front().clause, outcomes.front().result, outcomes.front().outputs,
        0};
  const auto original_may_be_in = [&](const interp::State& state) {
    return std::any_of(outcomes.begin(), outcomes.end(),
                       [&](const interp::Outcome& outcome) { return same(outcome.next, state); });
  };
  for (const interp::Outcome& one : outcomes) {
    std::optional<interp::Outcome> shown;
    if (std::any_of(one.outputs.begin(), one.outputs.end(),
                    [](const Datum& output) { return output.is_unknown(); })) {
      // None that the way has shown.
      constexpr std::uint64_t kFirst = 64, kOfOneCall = 8;
      shown = one;
      choose_shown_values(k.in, trail.at.state, action, args,
                          kFirst + kOfOneCall * trail.calls.size(), {}, *shown);
    }
    const interp::Outcome& outcome = shown ? *shown : one;
    RunCall call{
        action, args, outcome.clause, outcome.result, outcome.outputs, choices[outcome.clause]++};
    States states = follow(k, trail.at.changed, call);
    if (states.empty()) return call;
    if (next == nullptr || !outcome.next.exact()) continue;
    const bool alike = std::any_of(states.begin(), states.end(), [&](const interp::State& state) {
      return same(outcome.next, state);
    });
    // It counts as well if the changed spec may be where the original cannot.
    bool elsewhere = false;
    if (!alike || states.size() > 1) {
      const auto there =
          std::partition(states.begin(), states.end(),
                         [&](const interp::State& state) { return !original_may_be_in(state); });
      elsewhere = there != states.begin();
    }
    if (!alike_too && alike && !elsewhere) continue;
    next->push_back({&k, trail.way, trail.calls, {outcome.next, std::move(states)}});
    next->back().calls.push_back(std::move(call));
  }
  return std::nullopt;
}

}  // namespace gms::check
