#include "ir/stepwise/fact_rules.h"

#include <algorithm>
#include <utility>

#include "ir/calls.h"
#include "ir/find_expr.h"
#include "ir/stepwise/places.h"

namespace gms::ir::stepwise {
namespace {

constexpr std::size_t kLongest = 400;  // longer texts are combinations that help nobody

}  // namespace

FactRules::FactRules(Module& module, const Graph& graph, const std::vector<bool>& claimed,
                     const std::vector<bool>& own)
    : m_(module), build_(module), g_(graph), claimed_(claimed), own_(own) {
  const std::vector<bool> of_calls = states_of_calls(module);
  for (StateId id = 0; id < own.size(); ++id)
    others_write_.push_back(of_calls[id] && !own[id]);
}

ExprId FactRules::self() {
  return build_.node(Op::kSelf, handle_type(call_domain(m_)));
}

std::string FactRules::text(ExprId id) const {
  std::map<VarId, std::size_t> bound;
  return text(id, bound);
}

std::string FactRules::text(ExprId id, std::map<VarId, std::size_t>& bound) const {
  if (id == kNoId) return "-";
  const Expr& e = m_.exprs[id];
  std::string out = "(" + std::to_string(static_cast<int>(e.op));
  if (e.op == Op::kVar && bound.count(e.ref) != 0) {
    out += ":b" + std::to_string(bound[e.ref]);
  } else if (e.ref != kNoId) {
    out += ":" + std::to_string(e.ref);
  }
  if (e.op == Op::kConst || e.op == Op::kState) out += "=" + std::to_string(e.value);
  if (e.binders != kNoId) {
    for (const Binder& b : m_.binder_lists[e.binders]) {
      out += " " + text(b.lo, bound) + text(b.hi, bound);
      bound.emplace(b.var, bound.size());
    }
  }
  for (const ExprId arg : e.args)
    out += " " + text(arg, bound);
  return out + ")";
}

void FactRules::add(Facts& facts, ExprId id) {
  for (const ExprId part : conjuncts_of(m_, id, fresh_)) {
    if (m_.exprs[part].op == Op::kConst || decides_nothing(part) || others_decide(part)) continue;
    std::string key = text(part);
    if (key.size() <= kLongest) facts.emplace(std::move(key), part);
  }
}

bool FactRules::decides_nothing(ExprId id) const {
  return has_node(m_, id, false, [&](const Expr& e) {
    return e.op == Op::kState && m_.states[e.ref].observe_only &&
           !(e.ref < claimed_.size() && claimed_[e.ref]);
  });
}

void FactRules::drop_contradictions(Facts& facts) const {
  std::map<std::string, std::set<std::string>> values;
  const auto of = [&](ExprId id) -> std::pair<std::string, std::string> {
    const Expr& e = m_.exprs[id];
    if (e.op == Op::kNot) return {text(e.args[0]), "false"};
    if (e.op != Op::kEq) return {text(id), "true"};
    const ExprId value = e.args[1];
    if (!variables_of(m_, value).empty() || reads_state(value)) return {"", ""};
    return {text(e.args[0]), text(value)};
  };
  for (const auto& [key, fact] : facts) {
    const auto [what, value] = of(fact);
    if (!what.empty()) values[what].insert(value);
  }
  std::erase_if(facts, [&](const auto& f) {
    const std::string what = of(f.second).first;
    return !what.empty() && values[what].size() > 1;
  });
}

bool FactRules::others_decide(ExprId id) const {
  const Expr& e = m_.exprs[id];
  const ExprId read = e.op == Op::kEq ? e.args[0] : e.op == Op::kNot ? e.args[0] : id;
  const Expr& state = m_.exprs[read];
  return state.op == Op::kState && state.ref < others_write_.size() && others_write_[state.ref];
}

void FactRules::forget(Facts& facts, VarId var) const {
  std::erase_if(facts, [&](const auto& f) { return variables_of(m_, f.second).count(var) != 0; });
}

void FactRules::also_of(ExprId value, VarId local, Facts& facts) {
  if (reads_state(value) || variables_of(m_, value).empty()) return;
  const std::string is = text(value);
  std::vector<ExprId> more;
  for (const auto& [key, e] : facts)
    if (key.find(is) != std::string::npos) more.push_back(e);
  for (const ExprId e : more)
    add(facts, replaced(e, is, local));
}

void FactRules::concluded(Facts& facts) {
  std::vector<ExprId> more;
  for (const auto& [key, fact] : Facts(facts)) {
    const Expr e = m_.exprs[fact];
    if (e.op == Op::kImplies) {
      if (facts.count(text(e.args[0])) != 0) more.push_back(e.args[1]);
    } else if (e.op == Op::kEq && m_.exprs[e.args[0]].op == Op::kVar &&
               build_.type_of(e.args[0]) == bool_type()) {
      if (facts.count(text(e.args[0])) != 0)
        more.push_back(e.args[1]);
      else if (facts.count(text(build_.negate(build_.copy(e.args[0])))) != 0)
        more.push_back(build_.negate(build_.copy(e.args[1])));
    }
  }
  for (const ExprId fact : more)
    add(facts, build_.copy(fact));
}

void FactRules::equal_locals(Facts& facts) {
  std::vector<std::pair<VarId, VarId>> equal;
  for (const auto& [key, e] : facts) {
    const Expr& eq = m_.exprs[e];
    if (eq.op != Op::kEq) continue;
    const Expr &a = m_.exprs[eq.args[0]], &b = m_.exprs[eq.args[1]];
    if (a.op != Op::kVar || b.op != Op::kVar || a.type != b.type) continue;
    equal.emplace_back(a.ref, b.ref);
    equal.emplace_back(b.ref, a.ref);
  }
  for (const auto& [from, to] : equal) {
    const std::string is = text(var(from));
    std::vector<ExprId> more;
    for (const auto& [key, e] : facts) {
      const std::set<VarId> mentioned = variables_of(m_, e);
      if (mentioned.count(from) != 0 && mentioned.count(to) == 0) more.push_back(e);
    }
    for (const ExprId e : more)
      add(facts, replaced(e, is, to));
  }
}

void FactRules::held_by(VarId from, VarId local, Facts& facts) {
  std::vector<ExprId> more;
  for (const auto& [key, e] : facts) {
    const Expr& eq = m_.exprs[e];
    if (eq.op != Op::kEq) continue;
    for (const std::size_t side : {0, 1}) {
      const Expr& a = m_.exprs[eq.args[side]];
      if (a.op == Op::kVar && a.ref == from) more.push_back(eq.args[1 - side]);
    }
  }
  for (const ExprId e : more)
    add(facts, build_.eq(build_.copy(e), build_.some(var(local))));
}

ExprId FactRules::replaced(ExprId id, const std::string& value, VarId local) {
  if (m_.exprs[id].type == g_.locals[local].type && text(id) == value) return var(local);
  Expr e = m_.exprs[id];
  if (e.binders != kNoId) {
    std::vector<Binder> list = m_.binder_lists[e.binders];
    for (Binder& b : list) {
      if (b.lo != kNoId) b.lo = replaced(b.lo, value, local);
      if (b.hi != kNoId) b.hi = replaced(b.hi, value, local);
    }
    m_.binder_lists.push_back(std::move(list));
    e.binders = static_cast<std::uint32_t>(m_.binder_lists.size() - 1);
  }
  for (ExprId& arg : e.args)
    arg = replaced(arg, value, local);
  m_.exprs.push_back(std::move(e));
  return static_cast<ExprId>(m_.exprs.size() - 1);
}

bool FactRules::reads_any(ExprId id, const std::vector<StateId>& states) const {
  return has_node(m_, id, true, [&](const Expr& e) {
    return e.op == Op::kState && std::find(states.begin(), states.end(), e.ref) != states.end();
  });
}

void FactRules::overwritten(const Update::One& one, Facts& facts) {
  std::vector<ExprId> keys;
  for (const ExprId key : one.keys)
    keys.push_back(build_.copy(key));
  const std::string point = text(build_.read(one.state, keys));
  std::erase_if(facts, [&](const auto& f) {
    const Expr& e = m_.exprs[f.second];
    if (e.op != Op::kEq && e.op != Op::kNot) return f.first == point;
    return std::any_of(e.args.begin(), e.args.end(),
                       [&](ExprId side) { return text(side) == point; });
  });
}

VarId FactRules::fresh_binder(const Local& local) {
  extra_.push_back(local);
  return static_cast<VarId>(g_.locals.size() + extra_.size() - 1);
}

std::set<VarId> FactRules::referenced(const Facts& facts) const {
  std::set<VarId> result;
  for (const auto& [key, fact] : facts) {
    const Expr* e = &m_.exprs[fact];
    if (e->op == Op::kImplies) e = &m_.exprs[e->args[1]];
    if (e->op != Op::kEq || m_.exprs[e->args[1]].op != Op::kConst ||
        m_.exprs[e->args[1]].value == 0)
      continue;
    const Expr& read = m_.exprs[e->args[0]];
    if (read.op != Op::kState || read.ref >= own_.size() || !own_[read.ref]) continue;
    for (const ExprId key_of : read.args) {
      const std::set<VarId> locals = variables_of(m_, key_of);
      result.insert(locals.begin(), locals.end());
    }
  }
  return result;
}

bool FactRules::reads_state(ExprId id) const {
  return has_node(m_, id, true,
                  [](const Expr& e) { return e.op == Op::kState || e.op == Op::kLive; });
}

}  // namespace gms::ir::stepwise
