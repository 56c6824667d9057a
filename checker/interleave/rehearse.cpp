#include "checker/interleave/rehearse.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "checker/explore/goal_book.h"
#include "checker/interleave/overlap.h"
#include "checker/interleave/steps.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

class Rehearsal {
 public:
  Rehearsal(const ir::Stepwise& from, const Run& run, const ir::Stepwise& other,
            const Valuation& values)
      : from_(from), run_(run), other_(other), steps_(other), in_(other.module, values) {
    for (ir::ActionId a = 0; a < other.module.actions.size(); ++a)
      if (other.origins[a].whole || other.place_of_action[a] == 0)
        actions_[name_of(other.module, a)] = other.origins[a].action;
  }

  std::optional<bool> run(std::uint32_t property) {
    interp::Interpreter in(from_.module, run_.valuation);
    const ReplayedSteps replayed = Steps(from_).replay(in, run_);
    interp::State state = in_.fresh();
    std::vector<Intent> calls;
    for (const CallInRun& call : replayed.calls) {
      const auto intent = intent_of(run_.calls[call.first]);
      if (!intent) return std::nullopt;
      if (!call.alone || !calls.empty()) {
        calls.push_back(*intent);
        continue;
      }
      auto after = alone(state, *intent, run_.calls[call.last].result);
      if (!after) return std::nullopt;
      state = std::move(*after);
    }
    const Goal goal = goal_of(other_.module, property);
    bool broken = false;
    overlap(steps_, in_, state, calls, {}, [&](const StepMade& made) {
      broken =
          broken || step_reaches(in_, goal, made.before, made.step.call.action, made.step.outcome);
      return !broken;
    });
    return broken;
  }

 private:
  static std::string name_of(const ir::Module& m, ir::ActionId action) {
    const std::string& name = m.actions[action].name;
    return name.substr(0, name.find('.'));
  }

  std::optional<Intent> intent_of(const RunCall& first) const {
    const auto at = actions_.find(name_of(from_.module, first.action));
    if (at == actions_.end()) return std::nullopt;
    const ir::Action& theirs = other_.module.actions[steps_.first(at->second)];
    if (theirs.params.size() != first.args.size()) return std::nullopt;
    return Intent{at->second, first.args};
  }

  std::optional<interp::State> alone(const interp::State& state, const Intent& intent,
                                     std::uint64_t result) {
    const std::uint32_t call = steps_.next_call(state);
    return finish(steps_.take(in_, state, steps_.first(intent.action), intent.args),
                  steps_.is_whole(intent.action) ? 0 : call, result, 0);
  }
  std::optional<interp::State> finish(std::vector<StepTaken> steps, std::uint32_t call,
                                      std::uint64_t result, unsigned depth) {
    constexpr unsigned kMaxSteps = 64;
    for (StepTaken& step : steps) {
      interp::State& next = step.outcome.next;
      if (call == 0 || !steps_.is_live(next, call)) {
        if (step.call.result == result) return std::move(next);
        continue;
      }
      if (depth == kMaxSteps) continue;
      auto end = finish(steps_.take(in_, next, steps_.next(next, call), {Datum::known(call)}), call,
                        result, depth + 1);
      if (end) return end;
    }
    return std::nullopt;
  }

  const ir::Stepwise& from_;
  const Run& run_;
  const ir::Stepwise& other_;
  const Steps steps_;
  interp::Interpreter in_;
  std::map<std::string, ir::ActionId> actions_;  // of the other version's original
};

}  // namespace

std::optional<bool> breaks_too(const ir::Stepwise& from, const Run& run, const ir::Stepwise& other,
                               const Valuation& values, std::uint32_t property) {
  return Rehearsal(from, run, other, values).run(property);
}

}  // namespace gms::check
