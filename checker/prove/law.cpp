// Laws: two sequences of calls from one arbitrary valid state end alike.
#include <algorithm>

#include "checker/prove/examiner.h"

namespace gms::check {

using ir::LawCall;
using ir::Property;
using ir::smt::Encoder;
using ir::smt::Env;
using ir::smt::EnvPtr;
using ir::smt::Path;
using ir::smt::SymStatePtr;
using ir::smt::SymValue;
using ir::smt::TermId;

namespace {

/// One way through a sequence of calls.
struct Run {
  SymStatePtr state;
  EnvPtr env;
  std::vector<TermId> conditions;
  std::string name;
};

bool extend(Encoder& enc, const ir::Module& m, const std::vector<LawCall>& calls,
            std::vector<Run>& runs) {
  for (const LawCall& call : calls) {
    std::vector<Run> next;
    const ir::Action& action = m.actions[call.action];
    for (const Run& run : runs) {
      std::vector<SymValue> args;
      for (const ir::ExprId e : call.args)
        args.push_back(enc.eval(e, run.env, run.state, run.state));
      std::vector<Path> paths;
      if (!ir::smt::enumerate_paths(enc, action, args, run.state, paths)) return false;
      for (const Path& path : paths) {
        if (call.result && path.result != *call.result) continue;
        Run out = run;
        out.state = path.post;
        out.conditions.insert(out.conditions.end(), path.conditions.begin(), path.conditions.end());
        out.name +=
            (out.name.empty() ? "" : ";") + action.name + "@" + m.clauses[path.clause].label;
        auto env = std::make_shared<Env>(*run.env);
        for (std::size_t i = 0; i < call.outputs.size(); ++i)
          if (call.outputs[i] != ir::kNoId)
            (*env)[call.outputs[i]] = (*path.env)[action.outputs[i]];
        out.env = std::move(env);
        next.push_back(std::move(out));
      }
    }
    runs = std::move(next);
  }
  return true;
}

/// The formula: some listed function differs somewhere between the two states.
TermId some_difference(Encoder& enc, const ir::Module& m, const Property& p, const SymStatePtr& a,
                       const SymStatePtr& b) {
  ir::smt::TermStore& t = enc.terms();
  std::vector<TermId> any;
  for (ir::StateId f = 0; f < m.states.size(); ++f) {
    const bool listed = std::find(p.agree.begin(), p.agree.end(), f) != p.agree.end();
    if (!(p.agree.empty() ? !m.states[f].observe_only : listed)) continue;
    if (a->functions[f] == b->functions[f]) continue;
    std::vector<TermId> keys;
    std::vector<TermId> live;
    for (const ir::Type& k : m.states[f].keys) {
      keys.push_back(enc.fresh_value("at." + m.states[f].name, k, nullptr).value);
      if (k.kind == ir::TypeKind::kHandle) live.push_back(enc.is_live(k.decl, keys.back(), *a));
    }
    const SymValue x = enc.read(f, keys, a), y = enc.read(f, keys, b);
    const TermId same =
        t.conj(t.eq(x.present, y.present), t.implies(x.present, t.eq(x.value, y.value)));
    live.push_back(t.negate(same));
    any.push_back(t.conj(std::move(live)));
  }
  return t.disj(std::move(any));
}

}  // namespace

Examined Examiner::law(std::uint32_t property) {
  const Property& p = m_.properties[property];
  ir::smt::TermStore terms;
  Encoder base(m_, terms, options_.fixed);
  base.define_when_used();
  auto env = std::make_shared<Env>();
  for (const ir::Local& l : p.locals)
    env->push_back(base.fresh_value(l.name, l.type, base.base_state().get()));
  if (p.expr != ir::kNoId) base.assume(p.expr, env, base.base_state(), base.base_state(), {});
  const Run begin{base.base_state(), env, {}, {}};
  const std::shared_ptr<SolverContext> solver = make_z3_context();
  std::vector<Run> left{begin}, right{begin};
  Examined out;
  if (!extend(base, m_, p.left, left) || !extend(base, m_, p.right, right)) {
    out.failed = "a call could not be encoded";
    return out;
  }
  for (const Run& l : left) {
    for (const Run& r : right) {
      Obligation& o = start(out, ObligationKind::kLaw,
                            p.name + "/" + l.name + (p.right.empty() ? "" : " = " + r.name));
      o.property = property;
      Encoder enc = base;
      for (const TermId c : l.conditions)
        enc.add(c);
      for (const TermId c : r.conditions)
        enc.add(c);
      if (p.then != ir::kNoId)
        enc.refute(p.then, l.env, enc.base_state(), l.state);
      else
        enc.add(some_difference(enc, m_, p, l.state, r.state));
      assume_invariants(enc, property, ir::kNoId);
      settle(o, enc, options_.milliseconds, false,
             {env.get(), nullptr, solver});  // a candidate has the values of the locals
    }
  }
  return out;
}

}  // namespace gms::check
