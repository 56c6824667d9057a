#include "checker/explore/law_check.h"

#include <algorithm>
#include <map>
#include <set>

#include "ir/walk.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

void variables(const ir::Module& m, ir::ExprId id, std::set<ir::VarId>& used,
               std::set<ir::VarId>& bound) {
  if (id == ir::kNoId) return;
  const ir::Expr& e = m.exprs[id];
  if (e.op == ir::Op::kVar) used.insert(e.ref);
  if (e.binders != ir::kNoId) {
    for (const ir::Binder& binder : m.binder_lists[e.binders])
      bound.insert(binder.var);
  }
  ir::for_each_operand(m, e, [&](ir::ExprId arg) { variables(m, arg, used, bound); });
}

struct Way {
  interp::State state;
  std::vector<Datum> locals;
  std::vector<RunCall> calls;
};

std::vector<Way> ways(interp::Interpreter& in, const std::vector<ir::LawCall>& calls, Way start) {
  constexpr std::size_t kMost = 64;
  std::vector<Way> all{std::move(start)};
  for (const ir::LawCall& call : calls) {
    std::vector<Way> next;
    for (const Way& way : all) {
      std::vector<Datum> args;
      for (const ir::ExprId arg : call.args)
        args.push_back(in.eval(way.state, arg, way.locals));
      std::map<ir::ClauseId, std::uint32_t> count;
      for (interp::Outcome& outcome : in.outcomes(way.state, call.action, args)) {
        const std::uint32_t choice = count[outcome.clause]++;
        if (call.result && outcome.result != *call.result) continue;
        if (next.size() == kMost) break;
        Way longer{std::move(outcome.next), way.locals, way.calls};
        for (std::size_t i = 0; i < call.outputs.size(); ++i) {
          if (call.outputs[i] != ir::kNoId) longer.locals[call.outputs[i]] = outcome.outputs[i];
        }
        longer.calls.push_back({call.action, args, outcome.clause, outcome.result,
                                std::move(outcome.outputs), choice});
        next.push_back(std::move(longer));
      }
    }
    all = std::move(next);
  }
  return all;
}

/// Known values that differ at a point of `a` that is not initial there.
bool differs(const interp::State& a, const interp::State& b, ir::StateId id) {
  const auto unequal = [](const Datum& x, const Datum& y) {
    return x.is_known() && y.is_known() && !(x.tag == y.tag && x.bits == y.bits);
  };
  bool found = false;
  a.for_each_run(id, [&](const interp::HandleKey& key, std::uint64_t from, std::uint64_t last,
                         const Datum& value) {
    if (found) return;
    const interp::Runs* runs = b.runs(id, key);
    if (runs == nullptr) {
      found = unequal(value, b.get(id, key, from));
      return;
    }
    interp::walk_runs(*runs, from, last, [&](std::uint64_t, std::uint64_t, const Datum& other) {
      found = unequal(value, other);
      return !found;
    });
  });
  return found;
}

}  // namespace

std::vector<ir::VarId> law_params(const ir::Module& m, const ir::Property& law) {
  std::set<ir::VarId> used, bound;
  variables(m, law.expr, used, bound);
  variables(m, law.then, used, bound);
  for (const std::vector<ir::LawCall>* side : {&law.left, &law.right}) {
    for (const ir::LawCall& call : *side) {
      for (const ir::ExprId arg : call.args)
        variables(m, arg, used, bound);
      bound.insert(call.outputs.begin(), call.outputs.end());
    }
  }
  std::vector<ir::VarId> params;
  std::set_difference(used.begin(), used.end(), bound.begin(), bound.end(),
                      std::back_inserter(params));
  return params;
}

std::optional<LawBreach> law_breach(interp::Interpreter& in, std::uint32_t property,
                                    const interp::State& state, const std::vector<Datum>& args) {
  const ir::Module& m = in.module();
  const ir::Property& law = m.properties[property];
  std::vector<Datum> locals(law.locals.size());
  const std::vector<ir::VarId> params = law_params(m, law);
  for (std::size_t i = 0; i < params.size() && i < args.size(); ++i)
    locals[params[i]] = args[i];
  if (law.expr != ir::kNoId && !in.eval(state, law.expr, locals).is_true()) return std::nullopt;
  const std::vector<Way> left = ways(in, law.left, {state, locals, {}});
  if (left.empty()) return std::nullopt;
  if (law.then != ir::kNoId) {
    for (const Way& way : left) {
      if (in.eval(state, way.state, law.then, way.locals).is_false())
        return LawBreach{way.calls, {}};
    }
    return std::nullopt;
  }
  for (const Way& b : ways(in, law.right, {state, locals, {}})) {
    for (const Way& a : left) {
      for (ir::StateId id = 0; id < m.states.size(); ++id) {
        const bool listed = std::find(law.agree.begin(), law.agree.end(), id) != law.agree.end();
        if (!(law.agree.empty() ? !m.states[id].observe_only : listed)) continue;
        if (differs(a.state, b.state, id) || differs(b.state, a.state, id))
          return LawBreach{a.calls, b.calls};
      }
    }
  }
  return std::nullopt;
}

}  // namespace gms::check
