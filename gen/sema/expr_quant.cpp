// Ranges and quantifiers. A range never becomes a value of the IR: it is two indices.
#include "gen/sema/expr.h"

namespace gms::gen::sema {

namespace {

// Binding such a variable by enumeration is what back ends do; more points are no small scalar.
constexpr unsigned kSmallWidth = 16;

bool is_enumerable(const ir::Type& type) {
  switch (type.kind) {
    case ir::TypeKind::kBool:
    case ir::TypeKind::kEnum:
    case ir::TypeKind::kHandle:
    case ir::TypeKind::kIndex: return true;
    case ir::TypeKind::kInt: return !type.is_signed && type.width <= kSmallWidth;
  }
  return false;
}

}  // namespace

Value Exprs::range(const ast::RangeExpr& expr, base::Span span, const ir::Type* hint) {
  const auto [a, b] = infer_pair(*expr.lo, *expr.hi, hint);
  if (a.is_poison() || b.is_poison()) return poison(span);
  std::optional<ir::Type> type;
  const bool a_literal = a.type.shape == Shape::kLiteral;
  const bool b_literal = b.type.shape == Shape::kLiteral;
  if (a.type.is_scalar() && b.type.is_scalar()) {
    type = join(a.type.scalar, b.type.scalar);
  } else if (a.type.is_scalar() && b_literal) {
    type = a.type.scalar;
  } else if (b.type.is_scalar() && a_literal) {
    type = b.type.scalar;
  } else if (a_literal && b_literal) {
    if (hint == nullptr) {
      ctx_.diags.report(diag::no_context, span, "this range")
          .with_hint("convert one end: Page(..), u64(..)");
      return poison(span);
    }
    type = with_optional(*hint, false);
  }
  const bool fits = type && !type->optional &&
                    (type->kind == ir::TypeKind::kInt || type->kind == ir::TypeKind::kIndex);
  if (!fits) {
    base::Diagnostic& d = ctx_.diags.report(diag::operand_types, span, "..<", ctx_.name_of(a.type),
                                            ctx_.name_of(b.type));
    if (a.type.is_index() || b.type.is_index())
      d.with_hint("convert the other end: " + ctx_.name_of(a.type.is_index() ? a.type : b.type) +
                  "(..)");
    return poison(span);
  }
  Value value = poison(span);
  value.type = Type::range_of(*type);
  value.parts = {coerce(a, *type), coerce(b, *type)};
  return value.parts[0] == ir::kNoId || value.parts[1] == ir::kNoId ? poison(span) : value;
}

Value Exprs::in(const ast::InExpr& expr, base::Span span) {
  Value value = infer(*expr.value);
  const ir::Type* hint = value.type.is_scalar() ? &value.type.scalar : nullptr;
  const Value where = infer_range(*expr.range, hint);
  if (value.is_poison() || where.is_poison()) return poison(span);
  const ir::ExprId point = coerce(value, where.type.scalar);
  if (point == ir::kNoId) return poison(span);
  const ir::ExprId above = build_.compare(ir::Op::kLe, where.parts[0], point, span);
  const ir::ExprId below = build_.compare(ir::Op::kLt, reuse(point), where.parts[1], span);
  const ir::ExprId inside = build_.both(above, below, span);
  return scalar(expr.negated ? build_.negate(inside, span) : inside, span);
}

std::optional<ir::Binder> Exprs::binder(const ast::Binder& written) {
  ir::Binder binder;
  Type type = Type::poison();
  if (written.range) {
    const Value range = infer_range(*written.range);
    if (!range.is_poison()) {
      if (range.type.scalar.kind != ir::TypeKind::kIndex) {
        ctx_.diags.report(diag::binder_type, written.range->span, ctx_.name_of(range.type))
            .with_hint("declare an index sort and convert: Page(lo) ..< Page(hi)");
      } else {
        type = Type::of(range.type.scalar);
        binder.lo = range.parts[0];
        binder.hi = range.parts[1];
      }
    }
  } else if (const auto sort = ctx_.resolve_scalar(*written.sort)) {
    if (is_enumerable(*sort)) {
      type = Type::of(*sort);
    } else {
      ctx_.diags.report(diag::binder_type, written.sort->span, ctx_.name_of(*sort));
    }
  }
  LocalName local;
  local.name = written.name.text;
  local.type = type;
  local.span = written.name.span;
  local.kind = LocalKind::kBinder;
  if (!type.is_poison()) {
    binder.type = type.scalar;
    binder.var = frame_.new_var(local.name, type.scalar);
    local.vars = {binder.var};
  }
  declare(std::move(local));
  if (type.is_poison()) return {};
  return binder;
}

std::vector<ir::Binder> Exprs::binders(const std::vector<ast::Binder>& written, bool* failed) {
  std::vector<ir::Binder> result;
  frame_.scopes.push();
  for (const ast::Binder& one : written) {
    const auto made = binder(one);
    if (made)
      result.push_back(*made);
    else
      *failed = true;
  }
  return result;
}

Value Exprs::quantifier(const ast::QuantExpr& expr, base::Span span) {
  bool failed = false;
  std::vector<ir::Binder> list = binders(expr.binders, &failed);
  const ir::ExprId body = condition(*expr.body);
  leave_scope();
  if (failed || body == ir::kNoId) return poison(span);
  switch (expr.kind) {
    case ast::QuantKind::kAll:
      return scalar(build_.quantifier(ir::Op::kForall, bool_type(), std::move(list), body, span),
                    span);
    case ast::QuantKind::kSome:
      return scalar(build_.quantifier(ir::Op::kExists, bool_type(), std::move(list), body, span),
                    span);
    case ast::QuantKind::kFirst: break;
  }
  if (list.size() != 1 || list[0].type.kind != ir::TypeKind::kIndex) {
    ctx_.diags.report(diag::first_binders, span);
    return poison(span);
  }
  const ir::Type type = with_optional(list[0].type, true);
  return scalar(build_.quantifier(ir::Op::kFirst, type, std::move(list), body, span), span);
}

}  // namespace gms::gen::sema
