#include "checker/explore/shrink_run.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "checker/explore/goal_book.h"
#include "checker/explore/law_check.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

/// Which handle: the nth of its domain that a call made. Survives the loss of other calls.
struct Origin {
  std::uint32_t call = ir::kNoId;
  std::uint32_t nth = 0;
};
struct Arg {
  Datum value;
  std::optional<Origin> origin;
};
struct Call {
  std::uint32_t id = 0;
  ir::ActionId action = ir::kNoId;
  std::vector<Arg> args;
  ir::ClauseId clause = ir::kNoId;
  std::uint32_t choice = 0;
};
struct Script {
  std::vector<Call> calls;
  std::vector<Arg> law_args;
};

class Shrinker {
 public:
  Shrinker(interp::Interpreter& in, const ArgPools& pools, const Goal& goal,
           const ExploreOptions& options, const std::vector<std::uint32_t>& call_of, unsigned tries)
      : in_(in),
        m_(in.module()),
        pools_(pools),
        goal_(goal),
        options_(options),
        call_of_(call_of),
        tries_(tries) {
    passed_over_.resize(m_.clauses.size());
    for (ir::ClauseId c = options.first_aside; c < m_.clauses.size(); ++c)
      passed_over_[c] = !(goal == Goal{GoalKind::kClause, c});
    is_law_ =
        goal.kind == GoalKind::kViolation && m_.properties[goal.id].kind == ir::PropertyKind::kLaw;
    if (is_law_) {
      for (const ir::VarId var : law_params(m_, m_.properties[goal.id]))
        law_types_.push_back(m_.properties[goal.id].locals[var].type);
    }
  }

  std::optional<Run> shrink(const Run& run) {
    Script script = script_of(run);
    best_.valuation = run.valuation;
    if (!attempt(script)) return std::nullopt;
    bool smaller = true;
    while (smaller && tries_ > 0) {
      smaller = drop_calls();
      if (simplify()) smaller = true;
    }
    return best_;
  }

 private:
  Script script_of(const Run& run) const {
    Script script;
    interp::State state = in_.fresh();
    std::map<std::pair<ir::DomainId, std::uint64_t>, Origin> origins;
    const auto arg_of = [&](const Datum& value, const ir::Type& type) {
      Arg arg{value, std::nullopt};
      if (type.kind == ir::TypeKind::kHandle && value.tag == Tag::kKnown) {
        const auto at = origins.find({type.decl, value.bits});
        if (at != origins.end()) arg.origin = at->second;
      }
      return arg;
    };
    for (const RunCall& call : run.calls) {
      const ir::Action& action = m_.actions[call.action];
      Call one{static_cast<std::uint32_t>(script.calls.size()),
               call.action,
               {},
               call.clause,
               call.choice};
      for (std::size_t i = 0; i < call.args.size(); ++i)
        one.args.push_back(arg_of(call.args[i], action.locals[action.params[i]].type));
      if (const auto outcome = repeat(in_, state, call)) {
        for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
          const auto before = state.live(d);
          std::uint32_t nth = 0;
          for (const std::uint32_t h : outcome->next.live(d)) {
            if (!std::binary_search(before.begin(), before.end(), h))
              origins[{d, h}] = {one.id, nth++};
          }
        }
        state = outcome->next;
      }
      script.calls.push_back(std::move(one));
    }
    for (std::size_t i = 0; i < run.law_args.size(); ++i)
      script.law_args.push_back(arg_of(run.law_args[i], law_types_[i]));
    return script;
  }

  /// Runs it; if the goal is reached, it is the best one, without what came after.
  bool attempt(const Script& script) {
    if (tries_ == 0) return false;
    --tries_;
    Run run;
    run.valuation = best_.valuation;
    interp::State state = in_.fresh();
    std::map<std::tuple<std::uint32_t, ir::DomainId, std::uint32_t>, std::uint32_t> made;
    const auto resolve = [&](const Arg& arg, const ir::Type& type, Datum& value) {
      value = arg.value;
      if (!arg.origin) return true;
      const auto at = made.find({arg.origin->call, type.decl, arg.origin->nth});
      if (at != made.end()) {
        value = Datum::known(at->second);
        return true;
      }
      const auto live = state.live(type.decl);
      if (live.empty()) return false;
      value = Datum::known(live.back());
      return true;
    };
    std::vector<Call> kept;
    for (std::size_t c = 0; c < script.calls.size(); ++c) {
      const Call& call = script.calls[c];
      const ir::Action& action = m_.actions[call.action];
      RunCall done{call.action, std::vector<Datum>(call.args.size()), call.clause, 0, {}, 0};
      for (std::size_t i = 0; i < call.args.size(); ++i) {
        if (!resolve(call.args[i], action.locals[action.params[i]].type, done.args[i]))
          return false;
      }
      const RunCall* const last = run.calls.empty() ? nullptr : &run.calls.back();
      if (options_.may_call &&
          !options_.may_call(run.valuation, state, last, call.action, done.args))
        return false;
      interp::RunOptions options;
      options.keep_locals = true;
      options.passed_over = &passed_over_;
      std::vector<interp::Outcome> outcomes = in_.outcomes(state, call.action, done.args, options);
      std::map<ir::ClauseId, std::uint32_t> count;
      std::optional<std::size_t> taken;
      std::size_t same_clause = outcomes.size();
      bool reached = false;
      for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const std::uint32_t choice = count[outcomes[i].clause]++;
        if (!is_law_ && outcomes[i].next.exact() &&
            step_reaches(in_, goal_, state, call.action, outcomes[i])) {
          taken = i;
          done.choice = choice;
          reached = true;
          break;
        }
        if (outcomes[i].clause != call.clause) continue;
        if (same_clause == outcomes.size()) same_clause = i;
        if (choice == call.choice && !taken) {
          taken = i;
          done.choice = choice;
        }
      }
      if (!taken && same_clause < outcomes.size()) taken = same_clause;
      if (!taken && !outcomes.empty()) taken = 0;
      if (!taken && !call_of_.empty()) continue;
      if (!taken) return false;
      kept.push_back(call);
      interp::Outcome& outcome = outcomes[*taken];
      done.clause = outcome.clause;
      done.result = outcome.result;
      done.outputs = outcome.outputs;
      run.calls.push_back(std::move(done));
      if (reached) {
        best_ = std::move(run);
        best_script_ = script;
        best_script_.calls = std::move(kept);
        note_taken();
        return true;
      }
      for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
        const auto before = state.live(d);
        const auto after = outcome.next.live(d);
        if (before.size() == after.size() &&
            std::equal(before.begin(), before.end(), after.begin()))
          continue;
        std::uint32_t nth = 0;
        for (const std::uint32_t h : after) {
          if (!std::binary_search(before.begin(), before.end(), h)) made[{call.id, d, nth++}] = h;
        }
      }
      state = std::move(outcome.next);
    }
    if (!is_law_) {
      // A violation in the fresh system itself needs no call.
      if (!script.calls.empty() || goal_.kind == GoalKind::kClause ||
          !is_on_state(m_.properties[goal_.id]) || !state_reaches(in_, goal_.id, state))
        return false;
      best_ = std::move(run);
      best_script_ = script;
      return true;
    }
    for (std::size_t i = 0; i < script.law_args.size(); ++i) {
      Datum value;
      if (!resolve(script.law_args[i], law_types_[i], value)) return false;
      run.law_args.push_back(value);
    }
    auto breach = law_breach(in_, goal_.id, state, run.law_args);
    if (!breach) return false;
    run.left = std::move(breach->left);
    run.right = std::move(breach->right);
    best_ = std::move(run);
    best_script_ = script;
    note_taken();
    return true;
  }

  void note_taken() {
    for (std::size_t c = 0; c < best_script_.calls.size(); ++c) {
      best_script_.calls[c].clause = best_.calls[c].clause;
      best_script_.calls[c].choice = best_.calls[c].choice;
    }
  }

  /// All steps of one call together.
  bool drop_whole_calls() {
    bool any = false;
    const std::set<std::uint32_t> calls(call_of_.begin(), call_of_.end());
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
      Script less = best_script_;
      std::erase_if(less.calls, [&](const Call& step) { return call_of_[step.id] == *call; });
      if (less.calls.size() < best_script_.calls.size() && attempt(less)) any = true;
    }
    return any;
  }

  bool drop_calls() {
    if (!call_of_.empty()) return drop_whole_calls();
    bool any = false;
    for (std::size_t i = best_script_.calls.size(); i-- > 0;) {
      if (i >= best_script_.calls.size()) continue;
      Script less = best_script_;
      less.calls.erase(less.calls.begin() + static_cast<std::ptrdiff_t>(i));
      if (attempt(less)) {
        any = true;
        continue;
      }
      // Pairs that only make sense together: dup and close.
      for (std::size_t j = i; j-- > 0;) {
        Script two = less;
        two.calls.erase(two.calls.begin() + static_cast<std::ptrdiff_t>(j));
        if (attempt(two)) {
          any = true;
          break;
        }
      }
    }
    return any;
  }

  std::vector<Datum> simpler(const Datum& value, const ir::Type& type,
                             const ParamPool* pool) const {
    std::vector<Datum> all;
    if (value.tag == Tag::kNone) return all;
    if (type.optional) all.push_back(Datum::none());
    if (type.kind == ir::TypeKind::kHandle || pool == nullptr) return all;
    std::size_t tried = 0;
    for (const std::uint64_t v : pool->values) {
      if (v == value.bits || ++tried > 8) break;
      if (v < value.bits) all.push_back(Datum::known(v));
    }
    for (const std::uint64_t mask : pool->masks) {
      const std::uint64_t v = value.bits & ~mask;
      if (v != value.bits && v != 0) all.push_back(Datum::known(v));
    }
    // Half as large, as well aligned; one unit less.
    if (value.bits != 0 && (type.kind == ir::TypeKind::kIndex || type.kind == ir::TypeKind::kInt)) {
      const std::uint64_t unit = value.bits & (~value.bits + 1);
      const std::uint64_t half = value.bits == unit ? value.bits / 2 : value.bits / 2 & ~(unit - 1);
      if (half != 0) all.push_back(Datum::known(half));
      if (value.bits / unit <= 64 && value.bits != unit)
        all.push_back(Datum::known(value.bits - unit));
    }
    return all;
  }

  bool simplify(std::size_t call, std::size_t arg) {
    const Datum now = best_script_.calls[call].args[arg].value;
    const ParamPool& pool = pools_.of(best_script_.calls[call].action)[arg];
    for (const Datum& value : simpler(now, pool.type, &pool)) {
      Script script = best_script_;
      script.calls[call].args[arg] = {value, std::nullopt};
      if (attempt(script)) return true;
    }
    return false;
  }

  bool simplify() {
    bool any = false;
    for (std::size_t c = 0; c < best_script_.calls.size(); ++c) {
      for (std::size_t i = 0; i < best_script_.calls[c].args.size(); ++i) {
        while (simplify(c, i)) {
          any = true;
          if (c >= best_script_.calls.size()) return true;
        }
      }
    }
    return any;
  }

  interp::Interpreter& in_;
  const ir::Module& m_;
  const ArgPools& pools_;
  Goal goal_;
  const ExploreOptions& options_;
  const std::vector<std::uint32_t>& call_of_;  // by Call::id; empty: each is one of its own
  unsigned tries_;
  std::vector<bool> passed_over_;
  bool is_law_ = false;
  std::vector<ir::Type> law_types_;
  Run best_;
  Script best_script_;
};

bool same(const std::vector<Datum>& a, const std::vector<Datum>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Datum& x, const Datum& y) {
    return x.tag == y.tag && (!x.is_known() || x.bits == y.bits);
  });
}

}  // namespace

std::optional<interp::Outcome> repeat(interp::Interpreter& interpreter, const interp::State& state,
                                      const RunCall& call) {
  interp::RunOptions options;
  options.keep_locals = true;
  std::uint32_t choice = 0;
  for (interp::Outcome& outcome : interpreter.outcomes(state, call.action, call.args, options)) {
    if (outcome.clause == call.clause && choice++ == call.choice) return std::move(outcome);
  }
  return std::nullopt;
}

std::optional<Run> shrink_run(interp::Interpreter& interpreter, const ArgPools& pools,
                              const Run& run, const Goal& goal, const ExploreOptions& options,
                              unsigned max_tries) {
  return Shrinker(interpreter, pools, goal, options, {}, max_tries).shrink(run);
}

std::optional<Run> shrink_steps(interp::Interpreter& interpreter, const ArgPools& pools,
                                const Run& run, const std::vector<std::uint32_t>& call_of,
                                const Goal& goal, unsigned max_tries) {
  return Shrinker(interpreter, pools, goal, {}, call_of, max_tries).shrink(run);
}

bool replays(const ir::Module& module, const Run& run, const Goal& goal) {
  interp::Interpreter interpreter(module, run.valuation);
  interp::State state = interpreter.fresh();
  const bool law = goal.kind == GoalKind::kViolation &&
                   module.properties[goal.id].kind == ir::PropertyKind::kLaw;
  if (run.calls.empty() && !law)
    return goal.kind != GoalKind::kClause && is_on_state(module.properties[goal.id]) &&
           state_reaches(interpreter, goal.id, state);
  for (std::size_t i = 0; i < run.calls.size(); ++i) {
    std::optional<interp::Outcome> outcome = repeat(interpreter, state, run.calls[i]);
    if (!outcome || outcome->result != run.calls[i].result ||
        !same(outcome->outputs, run.calls[i].outputs))
      return false;
    if (!law && i + 1 == run.calls.size())
      return step_reaches(interpreter, goal, state, run.calls[i].action, *outcome);
    state = std::move(outcome->next);
  }
  return law && law_breach(interpreter, goal.id, state, run.law_args).has_value();
}

}  // namespace gms::check
