#include "checker/vectors/notice.h"

#include <algorithm>

#include "checker/explore/shrink_run.h"

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

bool same(const interp::State& a, const interp::State& b) {
  return a == b.with_shape(a.shape());
}

}  // namespace

ChangedSpec::ChangedSpec(const ir::Module& original, const ir::Mutation& mutation)
    : m_(original),
      changed_(ir::apply(original, mutation)),
      touched_(ir::touched_actions(original, mutation)) {
  for (ir::ActionId a = 0; a < original.actions.size(); ++a)
    all_.push_back(a);
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
  for (const interp::State& state : from) {
    ++calls_;
    for (interp::Outcome& outcome : k.changed.outcomes(state, call.action, call.args))
      if (to.size() < kMaxStates && may_be(outcome, call)) to.push_back(std::move(outcome.next));
  }
  return to;
}

bool ChangedSpec::is_noticed_by(const Run& run) {
  if (std::none_of(run.calls.begin(), run.calls.end(),
                   [&](const RunCall& call) { return is_touched(call.action); }))
    return false;
  Kernel& k = kernel(run.valuation);
  States states{k.changed.fresh()};
  for (const RunCall& call : run.calls) {
    states = follow(k, states, call);
    if (states.empty()) return true;
  }
  return false;
}

std::optional<RunCall> ChangedSpec::notice(Kernel& k, const Pair& at, ir::ActionId action,
                                           const std::vector<Datum>& args, std::vector<Pair>* next,
                                           std::vector<RunCall>* taken) {
  ++calls_;
  std::map<ir::ClauseId, std::uint32_t> choices;
  for (interp::Outcome& outcome : k.in.outcomes(at.state, action, args)) {
    RunCall call{
        action, args, outcome.clause, outcome.result, outcome.outputs, choices[outcome.clause]++};
    States states = follow(k, at.changed, call);
    if (states.empty()) return call;
    if (next == nullptr || !outcome.next.exact() || same(outcome.next, states.front())) continue;
    next->push_back({std::move(outcome.next), std::move(states)});
    taken->push_back(std::move(call));
  }
  return std::nullopt;
}

std::optional<RunCall> ChangedSpec::try_all(Kernel& k, const Pair& at, const ArgsByAction& args,
                                            const MayCall& may_call,
                                            const std::vector<ir::ActionId>& actions,
                                            std::vector<Pair>* next, std::vector<RunCall>* taken) {
  for (const ir::ActionId action : actions) {
    const ir::Action& declared = m_.actions[action];
    for (const std::vector<Datum>& known : args[action]) {
      if (calls_ >= until_) return std::nullopt;
      bool lives = true;
      for (std::size_t i = 0; i < known.size(); ++i) {
        const ir::Type& type = declared.locals[declared.params[i]].type;
        lives = lives && (type.kind != ir::TypeKind::kHandle || is_none(known[i]) ||
                          known[i].bits == 0 || at.state.is_live(type.decl, known[i].bits));
      }
      if (!lives) continue;
      std::optional<RunCall> call = notice(k, at, action, known, next, taken);
      if (call && may_call(k.in, at.state, action, known)) return call;
    }
  }
  return std::nullopt;
}

std::optional<Run> ChangedSpec::search(const std::vector<const Run*>& runs,
                                       const ArgsByAction& args, const MayCall& may_call,
                                       std::uint64_t calls) {
  calls_ = 0;
  until_ = calls;
  for (const Run* run : runs) {
    Kernel& k = kernel(run->valuation);
    Pair at{k.in.fresh(), {k.changed.fresh()}};
    Run so_far{run->valuation, {}, {}, {}, {}};
    const auto with = [&](std::initializer_list<RunCall> more) {
      Run longer = so_far;
      longer.calls.insert(longer.calls.end(), more);
      return longer;
    };
    for (std::size_t n = 0;; ++n) {
      if (calls_ >= until_) return std::nullopt;
      const bool differs = !same(at.state, at.changed.front());
      std::vector<Pair> next;
      std::vector<RunCall> taken;
      // Whatever differs may show in any call, what does not only in one that is changed.
      if (n == run->calls.size() || differs) {
        if (const auto call = try_all(k, at, args, may_call, differs ? all_ : touched_,
                                      differs ? nullptr : &next, &taken))
          return with({*call});
      }
      constexpr std::size_t kMostSteps = 12;
      for (std::size_t i = 0; i < next.size() && i < kMostSteps; ++i) {
        if (!may_call(k.in, at.state, taken[i].action, taken[i].args)) continue;
        if (const auto call = try_all(k, next[i], args, may_call, all_, nullptr, nullptr))
          return with({taken[i], *call});
      }
      if (n == run->calls.size()) break;
      const std::optional<interp::Outcome> outcome = repeat(k.in, at.state, run->calls[n]);
      if (!outcome) break;  // it ends where something is to be shown
      RunCall call = run->calls[n];
      call.result = outcome->result;
      call.outputs = outcome->outputs;
      at.changed = follow(k, at.changed, call);
      if (at.changed.empty()) return with({call});
      at.state = outcome->next;
      so_far.calls.push_back(std::move(call));
    }
  }
  return std::nullopt;
}

}  // namespace gms::check
