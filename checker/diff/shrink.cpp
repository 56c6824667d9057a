#include "checker/diff/shrink.h"

#include <algorithm>

#include "ir/type.h"

namespace gms::diff {
namespace {

using check::Datum;
using check::Tag;
constexpr std::size_t kNone = ~std::size_t{0};
constexpr std::size_t kMaxTries = 40;  // of simpler values for one argument

bool alike(const Unlike& a, const Unlike& b) {
  return a.rule == b.rule && a.level == b.level && a.old_clauses == b.old_clauses &&
         a.new_clauses == b.new_clauses;
}

}  // namespace

Shrinker::Shrinker(const Joint& joint)
    : joint_(joint), twins_(joint), classes_(joint), old_pools_(joint.old), new_pools_(joint.now) {}

std::optional<Shrinker::Played> Shrinker::play(const std::vector<Step>& steps, std::size_t without,
                                               const Played* original) {
  const std::size_t domains = joint_.old.domains.size();
  // Old number to new number, by domain; 0: not there any more.
  std::vector<std::vector<std::uint32_t>> names(domains, std::vector<std::uint32_t>{0});
  const auto rename = [&](const ir::Type& type, Datum& value) {
    if (original == nullptr || type.kind != ir::TypeKind::kHandle || value.tag != Tag::kKnown ||
        value.bits == 0)
      return true;
    const std::vector<std::uint32_t>& known = names[type.decl];
    if (value.bits >= known.size() || known[value.bits] == 0) return false;
    value.bits = known[value.bits];
    return true;
  };
  Played out;
  PairState state = twins_.fresh();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto next_of = [&](std::size_t call, std::size_t d) {
      return call + 1 < original->made.size() ? original->made[call + 1][d]
                                              : original->made[call][d];
    };
    if (i == without) {
      for (std::size_t d = 0; d < domains; ++d)
        for (std::uint32_t n = original->made[i][d]; n < next_of(i, d); ++n)
          names[d].push_back(0);
      continue;
    }
    Step step = steps[i];
    const JointAction& action = joint_.actions[step.call.action];
    for (std::size_t p = 0; p < action.params.size(); ++p)
      if (!rename(action.params[p].type, step.call.args[p])) return std::nullopt;
    std::vector<std::uint32_t>& made = out.made.emplace_back();
    for (ir::DomainId d = 0; d < domains; ++d)
      made.push_back(state.old.front().next_handle(d));
    Twins::Answer answer = twins_.call(state, step.call, i + 1 < steps.size());
    if (!answer.comparable) return std::nullopt;
    if (i + 1 == steps.size()) {
      if (!answer.unlike) return std::nullopt;
      out.unlike = *answer.unlike;
      out.class_name = classes_.of(step.call);
      out.steps.push_back(std::move(step));
      return out;
    }
    // The end that it had, else one by the same clauses.
    std::size_t taken = kNone;
    for (const bool exactly : {true, false}) {
      for (std::size_t e = 0; e < answer.next.size() && taken == kNone; ++e) {
        if (!answer.next[e]) continue;
        const End& end = answer.old_ends[e];
        if (end.result != step.chosen.result) continue;
        if (exactly ? end.outputs == step.chosen.outputs && end.clauses == step.chosen.clauses
                    : end.clauses == step.chosen.clauses)
          taken = e;
      }
    }
    if (taken == kNone) return std::nullopt;
    step.chosen = answer.old_ends[taken];
    state = std::move(*answer.next[taken]);
    if (original != nullptr) {
      for (ir::DomainId d = 0; d < domains; ++d) {
        const std::uint32_t count = next_of(i, d) - original->made[i][d];
        if (state.old.front().next_handle(d) - made[d] != count) return std::nullopt;
        for (std::uint32_t n = 0; n < count; ++n)
          names[d].push_back(made[d] + n);
      }
    }
    out.steps.push_back(std::move(step));
  }
  return std::nullopt;
}

bool Shrinker::same_difference(const Played& a, const Played& b) {
  return alike(a.unlike, b.unlike) && a.class_name == b.class_name;
}

bool Shrinker::drop_calls(Played& run) {
  bool any = false;
  for (std::size_t i = run.steps.size() - 1; i-- > 0;) {
    const auto less = play(run.steps, i, &run);
    if (!less || !same_difference(*less, run)) continue;
    run = *less;
    any = true;
  }
  return any;
}

bool Shrinker::simplify(Played& run) {
  bool any = false;
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    const JointAction& action = joint_.actions[run.steps[i].call.action];
    for (std::size_t p = 0; p < action.params.size(); ++p) {
      const JointLocal& param = action.params[p];
      const check::ParamPool& pool =
          param.new_at >= 0
              ? new_pools_.of(run.steps[i].call.action)[static_cast<std::size_t>(param.new_at)]
              : old_pools_.of(run.steps[i].call.action)[static_cast<std::size_t>(param.old_at)];
      std::vector<Datum> simpler;
      if (param.type.optional) simpler.push_back(Datum::none());
      if (param.type.kind != ir::TypeKind::kHandle) {
        for (std::size_t v = 0; v < pool.values.size() && v < kMaxTries; ++v)
          simpler.push_back(Datum::known(pool.values[v]));
      }
      // Of the objects that there are the oldest.
      if (param.type.kind == ir::TypeKind::kHandle)
        for (std::uint64_t n = 1; n < 4; ++n)
          simpler.push_back(Datum::known(n));
      for (const Datum& value : simpler) {
        if (value == run.steps[i].call.args[p]) break;
        std::vector<Step> varied = run.steps;
        varied[i].call.args[p] = value;
        const auto better = play(varied, kNone, nullptr);
        if (!better || !same_difference(*better, run)) continue;
        // Objects keep their numbers only if as many are made.
        if (better->made != run.made) continue;
        run = *better;
        any = true;
        break;
      }
    }
  }
  return any;
}

std::optional<Witness> Shrinker::shrink(const std::vector<Step>& steps) {
  std::optional<Played> run = play(steps, kNone, nullptr);
  if (!run) return std::nullopt;
  for (int round = 0; round < 4; ++round) {
    const bool fewer = drop_calls(*run), simpler = simplify(*run);
    if (!fewer && !simpler) break;
  }
  Witness out;
  PairState state = twins_.fresh();
  for (std::size_t i = 0; i < run->steps.size(); ++i) {
    const Step& step = run->steps[i];
    Twins::Answer answer = twins_.call(state, step.call);
    WitnessCall call{step.call, answer.old_ends, answer.new_ends, std::nullopt};
    if (i + 1 < run->steps.size()) {
      call.chosen = step.chosen;
      for (std::size_t e = 0; e < answer.next.size(); ++e) {
        const End& end = answer.old_ends[e];
        if (!answer.next[e] || end.result != step.chosen.result ||
            end.outputs != step.chosen.outputs)
          continue;
        state = std::move(*answer.next[e]);
        break;
      }
    }
    out.calls.push_back(std::move(call));
  }
  return out;
}

}  // namespace gms::diff
