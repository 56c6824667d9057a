#include "ir/smt/expressions.h"

#include <set>

#include "ir/walk.h"

namespace gms::ir::smt {

const std::vector<VarId>& Expressions::free_variables(ExprId id) {
  const auto it = free_.find(id);
  if (it != free_.end()) return it->second;
  const Expr& e = m_.exprs[id];
  std::set<VarId> vars;
  if (e.op == Op::kVar) vars.insert(e.ref);
  for_each_operand(m_, e, [&](ExprId a) {
    const std::vector<VarId>& inner = free_variables(a);
    vars.insert(inner.begin(), inner.end());
  });
  if (e.binders != kNoId) {
    for (const Binder& b : m_.binder_lists[e.binders])
      vars.erase(b.var);
  }
  return free_[id] = {vars.begin(), vars.end()};
}

ExprId Expressions::representative(ExprId id) {
  if (id == kNoId) return id;
  const auto it = representative_.find(id);
  if (it != representative_.end()) return it->second;
  const Expr& e = m_.exprs[id];
  std::vector<std::uint64_t> says;
  const auto say_type = [&](const Type& t) {
    says.insert(says.end(),
                {static_cast<std::uint64_t>(t.kind), t.width, t.decl,
                 static_cast<std::uint64_t>(t.is_signed), static_cast<std::uint64_t>(t.optional)});
  };
  says.insert(says.end(), {static_cast<std::uint64_t>(e.op), e.value, e.ref, e.args.size()});
  say_type(e.type);
  for (const ExprId a : e.args)
    says.push_back(representative(a));
  if (e.binders != kNoId) {
    for (const Binder& b : m_.binder_lists[e.binders]) {
      says.insert(says.end(), {b.var, representative(b.lo), representative(b.hi)});
      say_type(b.type);
    }
  }
  return representative_[id] = first_met_.emplace(std::move(says), id).first->second;
}

void Expressions::collect(ExprId id, const std::map<VarId, int>& known, std::size_t binders,
                          std::vector<Pattern>& out) const {
  const Expr& e = m_.exprs[id];
  const auto binder = [&](ExprId arg) {
    const Expr& a = m_.exprs[arg];
    const auto it = a.op == Op::kVar ? known.find(a.ref) : known.end();
    return it == known.end() ? -1 : it->second;
  };
  if (e.op == Op::kState) {
    Pattern p{e.ref, {}};
    std::set<int> told;
    for (const ExprId key : e.args) {
      p.binder_of_key.push_back(binder(key));
      told.insert(p.binder_of_key.back());
    }
    told.erase(-1);
    if (told.size() == binders) out.push_back(std::move(p));
  }
  if (e.op == Op::kCall) {
    const Callable& fn = m_.fns[e.ref];
    std::map<VarId, int> params;
    for (std::size_t i = 0; i < fn.params.size(); ++i)
      if (const int b = binder(e.args[i]); b >= 0) params[fn.params[i]] = b;
    if (!params.empty()) collect(fn.expr, params, binders, out);
  }
  for_each_operand(m_, e, [&](ExprId arg) { collect(arg, known, binders, out); });
}

const std::vector<Expressions::Pattern>& Expressions::patterns(ExprId body,
                                                               const std::vector<Binder>& binders) {
  const auto [found, is_new] = patterns_.emplace(body, std::vector<Pattern>());
  if (!is_new) return found->second;
  std::map<VarId, int> numbers;
  for (std::size_t i = 0; i < binders.size(); ++i)
    numbers[binders[i].var] = static_cast<int>(i);
  collect(body, numbers, binders.size(), found->second);
  return found->second;
}

}  // namespace gms::ir::smt
