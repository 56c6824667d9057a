#include "gen/sema/builder.h"

#include <algorithm>
#include <utility>

#include "gen/sema/const_eval.h"
#include "gen/sema/types.h"
#include "ir/walk.h"

namespace gms::gen::sema {

using ir::ExprId;
using ir::Op;

ExprId Builder::add(ir::Expr expr) {
  Extent extent;
  ir::for_each_operand(module_, expr, [&](ExprId id) {
    const Extent& operand = extents_[id];
    extent.nodes = std::min(extent.nodes + operand.nodes, kTooManyNodes);
    extent.depth = std::max(extent.depth, operand.depth + 1);
    extent.binds = extent.binds || operand.binds;
  });
  extent.binds = extent.binds || expr.binders != ir::kNoId;
  if (expr.op == ir::Op::kCall) {
    // Whoever evaluates the call goes that deep.
    extent.depth = std::max(extent.depth, extents_[module_.fns[expr.ref].expr].depth + 1);
  }
  extents_.push_back(extent);
  module_.exprs.push_back(std::move(expr));
  return static_cast<ExprId>(module_.exprs.size() - 1);
}

ExprId Builder::make(Op op, ir::Type type, std::vector<ExprId> args, base::Span span) {
  std::vector<Constant> constants;
  for (const ExprId arg : args) {
    if (at(arg).op != Op::kConst) break;
    constants.push_back({at(arg).type, at(arg).value});
  }
  if (!args.empty() && constants.size() == args.size()) {
    if (const auto bits = fold(op, type, constants)) return constant(type, *bits, span);
  }
  ir::Expr expr;
  expr.op = op;
  expr.type = type;
  expr.args = std::move(args);
  expr.span = span;
  return add(std::move(expr));
}

ExprId Builder::constant(ir::Type type, std::uint64_t bits, base::Span span) {
  ir::Expr expr;
  expr.op = Op::kConst;
  expr.type = type;
  expr.value = bits;
  expr.span = span;
  return add(std::move(expr));
}

ExprId Builder::boolean(bool value, base::Span span) {
  return constant(bool_type(), value ? 1 : 0, span);
}

ExprId Builder::none(ir::Type optional_type, base::Span span) {
  return make(Op::kNone, optional_type, {}, span);
}

ExprId Builder::var(ir::VarId var, ir::Type type, base::Span span) {
  ir::Expr expr;
  expr.op = Op::kVar;
  expr.type = type;
  expr.ref = var;
  expr.span = span;
  return add(std::move(expr));
}

ExprId Builder::negate(ExprId a, base::Span span) {
  return make(Op::kNot, bool_type(), {a}, span);
}

ExprId Builder::both(ExprId a, ExprId b, base::Span span) {
  if (a == ir::kNoId) return b;
  if (b == ir::kNoId) return a;
  return make(Op::kAnd, bool_type(), {a, b}, span);
}

ExprId Builder::either(ExprId a, ExprId b, base::Span span) {
  if (a == ir::kNoId) return b;
  if (b == ir::kNoId) return a;
  return make(Op::kOr, bool_type(), {a, b}, span);
}

ExprId Builder::compare(Op op, ExprId a, ExprId b, base::Span span) {
  return make(op, bool_type(), {a, b}, span);
}

ExprId Builder::ite(ExprId cond, ExprId a, ExprId b, base::Span span) {
  return make(Op::kIte, type(a), {cond, a, b}, span);
}

ExprId Builder::some(ExprId a, base::Span span) {
  return make(Op::kSome, with_optional(type(a), true), {a}, span);
}

ExprId Builder::is_some(ExprId a, base::Span span) {
  return make(Op::kIsSome, bool_type(), {a}, span);
}

ExprId Builder::unwrap(ExprId a, base::Span span) {
  return make(Op::kUnwrap, with_optional(type(a), false), {a}, span);
}

ExprId Builder::quantifier(Op op, ir::Type type, std::vector<ir::Binder> binders, ExprId body,
                           base::Span span) {
  module_.binder_lists.push_back(std::move(binders));
  ir::Expr expr;
  expr.op = op;
  expr.type = type;
  expr.args = {body};
  expr.binders = static_cast<std::uint32_t>(module_.binder_lists.size() - 1);
  expr.span = span;
  return add(std::move(expr));
}

ir::StmtId Builder::stmt(decltype(ir::Stmt::node) node, base::Span span) {
  module_.stmts.push_back({std::move(node), span});
  return static_cast<ir::StmtId>(module_.stmts.size() - 1);
}

std::optional<std::uint64_t> Builder::constant_of(ExprId id) const {
  if (id == ir::kNoId || at(id).op != Op::kConst) return {};
  return at(id).value;
}

}  // namespace gms::gen::sema
