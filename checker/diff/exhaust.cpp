#include "checker/diff/exhaust.h"

#include <algorithm>
#include <set>

#include "checker/diff/twins.h"
#include "checker/explore/arg_pool.h"
#include "ir/type.h"

namespace gms::diff {
namespace {

using check::Datum;

class Exhauster {
 public:
  Exhauster(const Joint& joint, const ExhaustOptions& options)
      : joint_(joint), options_(options), twins_(joint), old_(joint.old), now_(joint.now) {}

  Exhausted run() {
    std::vector<PairState> layer{twins_.fresh()};
    known_ = layer;
    for (unsigned depth = 0; depth < options_.depth; ++depth) {
      next_.clear();
      for (const PairState& state : layer)
        for (ir::ActionId a = 0; a < joint_.actions.size(); ++a)
          if (joint_.actions[a].comparable) arguments(state, {a, {}});
      layer = std::move(next_);
    }
    return out_;
  }

 private:
  void arguments(const PairState& state, const PairCall& call) {
    const auto& params = joint_.actions[call.action].params;
    if (call.args.size() == params.size()) return made(state, call);
    const JointLocal& p = params[call.args.size()];
    std::vector<Datum> all;
    if (p.type.optional) all.push_back(Datum::none());
    if (p.type.kind == ir::TypeKind::kHandle) {
      for (const std::uint32_t h : state.old.front().live(p.type.decl))
        all.push_back(Datum::known(h));
    } else {
      std::set<std::uint64_t> values;
      if (p.old_at >= 0) add(old_.of(call.action)[static_cast<std::size_t>(p.old_at)], values);
      if (p.new_at >= 0) add(now_.of(call.action)[static_cast<std::size_t>(p.new_at)], values);
      for (const std::uint64_t v : values)
        all.push_back(Datum::known(v));
    }
    for (const Datum& value : all) {
      PairCall more = call;
      more.args.push_back(value);
      arguments(state, more);
    }
  }
  void add(const check::ParamPool& pool, std::set<std::uint64_t>& values) const {
    for (std::size_t i = 0; i < pool.values.size() && i < options_.values; ++i)
      values.insert(pool.values[i]);
  }

  void made(const PairState& state, const PairCall& call) {
    ++out_.calls;
    Twins::Answer answer = twins_.call(state, call);
    if (!answer.comparable) return;
    if (answer.unlike) {
      out_.worst = std::max(out_.worst, answer.unlike->level);
      out_.actions.insert(joint_.actions[call.action].name);
    }
    for (std::optional<PairState>& next : answer.next) {
      if (!next) continue;
      const bool fresh = std::none_of(known_.begin(), known_.end(), [&](const PairState& one) {
        return one.old == next->old && one.now == next->now;
      });
      if (!fresh) continue;
      if (known_.size() >= options_.states) {
        out_.complete = false;
        continue;
      }
      known_.push_back(*next);
      next_.push_back(std::move(*next));
    }
  }

  const Joint& joint_;
  const ExhaustOptions& options_;
  Twins twins_;
  check::ArgPools old_, now_;
  std::vector<PairState> known_, next_;
  Exhausted out_;
};

}  // namespace

Exhausted exhaust(const Joint& joint, const ExhaustOptions& options) {
  return Exhauster(joint, options).run();
}

}  // namespace gms::diff
