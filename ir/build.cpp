#include "ir/build.h"

namespace gms::ir {
namespace {

VarId renamed(VarId id, const std::vector<std::pair<VarId, VarId>>& rename) {
  for (const auto& [from, to] : rename) {
    if (from == id) return to;
  }
  return id;
}

}  // namespace

ExprId ExprBuilder::node(Op op, Type type, std::vector<ExprId> args, std::uint64_t value,
                         std::uint32_t ref, std::uint32_t binders) {
  module_.exprs.push_back({op, type, std::move(args), value, ref, binders, span});
  return static_cast<ExprId>(module_.exprs.size() - 1);
}

ExprId ExprBuilder::call(FnId id, std::vector<ExprId> args) {
  return node(Op::kCall, type_of(module_.fns[id].expr), std::move(args), 0, id);
}

ExprId ExprBuilder::quantifier(Op op, std::vector<Binder> binders, ExprId body) {
  const Type type = op == Op::kFirst ? optional_of(binders.front().type) : bool_type();
  module_.binder_lists.push_back(std::move(binders));
  return node(op, type, {body}, 0, kNoId,
              static_cast<std::uint32_t>(module_.binder_lists.size() - 1));
}

Binder ExprBuilder::copy(const Binder& binder, const std::vector<std::pair<VarId, VarId>>& rename) {
  Binder result = binder;
  result.var = renamed(binder.var, rename);
  if (binder.lo != kNoId) result.lo = copy(binder.lo, rename);
  if (binder.hi != kNoId) result.hi = copy(binder.hi, rename);
  return result;
}

ExprId ExprBuilder::copy(ExprId id, const std::vector<std::pair<VarId, VarId>>& rename) {
  Expr expr = module_.exprs[id];  // by value: copying operands appends to the vector
  if (expr.op == Op::kVar) expr.ref = renamed(expr.ref, rename);
  if (expr.binders != kNoId) {
    std::vector<Binder> binders;
    for (std::size_t i = 0; i < module_.binder_lists[expr.binders].size(); ++i) {
      binders.push_back(copy(Binder(module_.binder_lists[expr.binders][i]), rename));
    }
    module_.binder_lists.push_back(std::move(binders));
    expr.binders = static_cast<std::uint32_t>(module_.binder_lists.size() - 1);
  }
  for (ExprId& arg : expr.args)
    arg = copy(arg, rename);
  module_.exprs.push_back(std::move(expr));
  return static_cast<ExprId>(module_.exprs.size() - 1);
}

ClauseId add_clause(Module& module, ActionId action, std::string_view label, std::uint64_t result) {
  Clause clause;
  clause.action = action;
  clause.label = label;
  clause.result = result;
  module.clauses.push_back(std::move(clause));
  return static_cast<ClauseId>(module.clauses.size() - 1);
}

Module new_module(std::string_view name,
                  std::initializer_list<std::pair<std::string_view, std::uint64_t>> errnos) {
  Module module;
  module.name = name;
  Enum errno_enum;
  errno_enum.name = "Errno";
  errno_enum.members.push_back({"ok", 0, "ok"});
  for (const auto& [member, value] : errnos) {
    errno_enum.members.push_back({std::string(member), value, std::string(member)});
  }
  module.enums.push_back(std::move(errno_enum));
  return module;
}

}  // namespace gms::ir
