#include "checker/prove/equivalence.h"

#include <algorithm>
#include <memory>
#include <set>

#include "checker/prove/beside.h"
#include "checker/prove/path_pair.h"
#include "ir/build.h"
#include "ir/smt/encode.h"
#include "ir/smt/paths.h"
#include "ir/type.h"

namespace gms::check {
namespace {

using ir::StateId;
using ir::smt::Encoder;
using ir::smt::Path;
using ir::smt::SymValue;
using ir::smt::TermId;
using ir::smt::TermStore;

class Difference {
 public:
  /// `anywhere`: from every state and for all arguments, not only where an action may begin.
  Difference(const Beside& both, const EquivalenceOptions& options, bool anywhere)
      : m_(both.module),
        both_(both),
        options_(options),
        anywhere_(anywhere),
        enc_(m_, terms_, options.fixed) {}

  Answer run() {
    enc_.define_when_used();
    const auto base = enc_.base_state();
    const ir::Action& action = m_.actions[both_.original];
    const auto args =
        anywhere_ ? any_arguments(action) : ir::smt::fresh_arguments(enc_, action, "");
    std::vector<Path> old, now;
    if (!ir::smt::enumerate_paths(enc_, action, args, base, old) ||
        !ir::smt::enumerate_paths(enc_, m_.actions[both_.changed], args, base, now))
      return Answer::kUnknown;
    make_points();
    // They are told apart if a path of one and a path of the other can be taken and end
    // differently, or if one can be taken where none of the other can.
    std::vector<TermId> apart;
    for (const Path& a : old)
      for (const Path& b : now) {
        std::vector<TermId> taken = a.conditions;
        taken.insert(taken.end(), b.conditions.begin(), b.conditions.end());
        if (!pair_created(terms_, a, b, taken)) {
          apart.push_back(terms_.conj(std::move(taken)));
          continue;
        }
        taken.push_back(differs(a, b));
        apart.push_back(terms_.conj(std::move(taken)));
      }
    if (both_.may_block) {
      const TermId some_old = possible(old), some_now = possible(now);
      apart.push_back(terms_.negate(terms_.eq(some_old, some_now)));
    }
    enc_.add(terms_.disj(std::move(apart)));
    for (const ir::Property& p : m_.properties) {
      if (anywhere_ || !p.is_invariant() || p.expect_refuted) continue;
      enc_.assume(p.expr, std::make_shared<ir::smt::Env>(p.locals.size()), base, base, {});
    }
    const Decision d = decide(enc_, {options_.milliseconds, false});
    if (!enc_.unsupported().empty()) return Answer::kUnknown;
    return d.result.answer == Answer::kSat && !d.complete ? Answer::kUnknown : d.result.answer;
  }

 private:
  std::vector<SymValue> any_arguments(const ir::Action& action) {
    std::vector<SymValue> out;
    for (const ir::VarId param : action.params)
      out.push_back(enc_.fresh_value("arg", action.locals[param].type, nullptr));
    return out;
  }

  TermId possible(const std::vector<Path>& paths) {
    std::vector<TermId> any;
    for (const Path& p : paths)
      any.push_back(terms_.conj(p.conditions));
    return terms_.disj(std::move(any));
  }

  void make_points() {
    for (StateId f = 0; f < m_.states.size(); ++f) {
      std::vector<TermId> keys;
      for (const ir::Type& k : m_.states[f].keys)
        keys.push_back(enc_.fresh_value("at", k, nullptr).value);
      points_.push_back(std::move(keys));
    }
    for (std::uint32_t d = 0; d < m_.domains.size(); ++d) {
      handles_.push_back(enc_.fresh_value("some", ir::handle_type(d), nullptr).value);
    }
  }

  TermId differs(const Path& a, const Path& b) {
    const bool both_fail = a.result != 0 && b.result != 0;
    if (a.result != b.result && !(options_.errors_alike && both_fail)) return terms_.boolean(true);
    std::vector<TermId> any;
    for (const ir::VarId v : m_.actions[both_.original].outputs)
      any.push_back(unequal(terms_, (*a.env)[v], (*b.env)[v]));
    std::set<StateId> touched = a.touched;
    touched.insert(b.touched.begin(), b.touched.end());
    for (const StateId f : touched) {
      if (f < options_.compared.size() && !options_.compared[f]) continue;
      TermId apart =
          unequal(terms_, enc_.read(f, points_[f], a.post), enc_.read(f, points_[f], b.post));
      if (options_.counts_where && options_.counts_where->first == f)
        apart = terms_.conj(
            {apart, enc_.read(options_.counts_where->second, points_[f], a.post).value});
      any.push_back(apart);
    }
    for (std::uint32_t d = 0; d < m_.domains.size(); ++d)
      any.push_back(terms_.negate(
          terms_.eq(enc_.is_live(d, handles_[d], *a.post), enc_.is_live(d, handles_[d], *b.post))));
    return terms_.disj(std::move(any));
  }

  const ir::Module& m_;
  const Beside& both_;
  const EquivalenceOptions& options_;
  bool anywhere_;
  TermStore terms_;
  Encoder enc_;
  std::vector<std::vector<TermId>> points_;
  std::vector<TermId> handles_;
};

/// The module with one more action, which does nothing but call the procedure.
ir::Module with_caller(const ir::Module& module, ir::ProcId procedure) {
  ir::Module out = module;
  const ir::Callable& callee = module.procs[procedure];
  ir::Action caller;
  caller.name = callee.name + "_alone";
  caller.span = callee.span;
  const auto local = [&](ir::VarId var) {
    caller.locals.push_back(callee.locals[var]);
    return static_cast<ir::VarId>(caller.locals.size() - 1);
  };
  ir::ExprBuilder build(out);
  ir::Call call{procedure, {}, {}};
  for (const ir::VarId param : callee.params) {
    caller.params.push_back(local(param));
    call.args.push_back(build.var(caller.locals, caller.params.back()));
  }
  for (const ir::VarId output : callee.outputs) {
    caller.outputs.push_back(local(output));
    call.results.push_back(caller.outputs.back());
  }
  // Where the procedure returns, the action succeeds: by a clause of another action, as only its
  // result counts.
  for (const ir::Action& action : module.actions)
    if (action.ok_clause != ir::kNoId) caller.ok_clause = action.ok_clause;
  caller.body = {static_cast<ir::StmtId>(out.stmts.size())};
  out.stmts.push_back({std::move(call), callee.span});
  out.actions.push_back(std::move(caller));
  return out;
}

}  // namespace

Answer difference(const ir::Module& original, const ir::Module& changed, ir::ActionId action,
                  const EquivalenceOptions& options) {
  const std::optional<Beside> both = put_beside(original, changed, action);
  if (!both) return Answer::kUnknown;
  return Difference(*both, options, false).run();
}

Answer procedure_difference(const ir::Module& original, const ir::Module& changed,
                            ir::ProcId procedure, const EquivalenceOptions& options) {
  const std::optional<Beside> both =
      put_beside(with_caller(original, procedure), with_caller(changed, procedure),
                 static_cast<ir::ActionId>(original.actions.size()));
  if (!both) return Answer::kUnknown;
  return Difference(*both, options, true).run();
}

}  // namespace gms::check
