// Operators. Operands of one operation get one type: the wider of two unsigned integers, or the
// other operand's for a literal. Literals among themselves are computed exactly.
#include <algorithm>
#include <string_view>
#include <utility>

#include "gen/sema/expr.h"

namespace gms::gen::sema {

namespace {

std::string_view spelling(ast::BinaryOp op) {
  using B = ast::BinaryOp;
  switch (op) {
    case B::kMul: return "*";
    case B::kDiv: return "/";
    case B::kMod: return "%";
    case B::kAdd: return "+";
    case B::kSub: return "-";
    case B::kShl: return "<<";
    case B::kShr: return ">>";
    case B::kBitAnd: return "&";
    case B::kBitXor: return "^";
    case B::kBitOr: return "|";
    case B::kEq: return "==";
    case B::kNe: return "!=";
    case B::kLt: return "<";
    case B::kLe: return "<=";
    case B::kGt: return ">";
    case B::kGe: return ">=";
    case B::kAnd: return "and";
    case B::kOr: return "or";
    case B::kImplies: return "implies";
  }
  return "";
}

ir::Op value_op(ast::BinaryOp op) {
  using B = ast::BinaryOp;
  switch (op) {
    case B::kMul: return ir::Op::kMul;
    case B::kDiv: return ir::Op::kDiv;
    case B::kMod: return ir::Op::kRem;
    case B::kAdd: return ir::Op::kAdd;
    case B::kSub: return ir::Op::kSub;
    case B::kShl: return ir::Op::kShl;
    case B::kShr: return ir::Op::kShr;
    case B::kBitAnd: return ir::Op::kBitAnd;
    case B::kBitXor: return ir::Op::kBitXor;
    case B::kBitOr: return ir::Op::kBitOr;
    case B::kAnd: return ir::Op::kAnd;
    case B::kOr: return ir::Op::kOr;
    case B::kImplies: return ir::Op::kImplies;
    case B::kEq:
    case B::kNe: return ir::Op::kEq;
    case B::kLt:
    case B::kGt: return ir::Op::kLt;
    case B::kLe:
    case B::kGe: return ir::Op::kLe;
  }
  return ir::Op::kEq;
}

constexpr Wide kLiteralLimit = Wide{1} << 64;

std::optional<Wide> compute(ast::BinaryOp op, Wide a, Wide b) {
  using B = ast::BinaryOp;
  Wide result = 0;
  switch (op) {
    case B::kMul:
      if (__builtin_mul_overflow(a, b, &result)) return {};
      break;
    case B::kDiv: result = a / b; break;
    case B::kMod: result = a % b; break;
    case B::kAdd: result = a + b; break;
    case B::kSub: result = a - b; break;
    case B::kShl:
      if (b < 0 || b > 64 || __builtin_mul_overflow(a, Wide{1} << b, &result)) return {};
      break;
    case B::kShr:
      if (b < 0) return {};
      result = b > 64 ? (a < 0 ? -1 : 0) : a >> b;
      break;
    case B::kBitAnd: result = a & b; break;
    case B::kBitXor: result = a ^ b; break;
    case B::kBitOr: result = a | b; break;
    case B::kEq:
    case B::kNe:
    case B::kLt:
    case B::kLe:
    case B::kGt:
    case B::kGe:
    case B::kAnd:
    case B::kOr:
    case B::kImplies: return {};
  }
  if (result >= kLiteralLimit || result <= -kLiteralLimit) return {};
  return result;
}

}  // namespace

bool Exprs::needs_context(const ast::Expr& expr) {
  if (std::holds_alternative<ast::IntLit>(expr.node) ||
      std::holds_alternative<ast::NoneLit>(expr.node) ||
      std::holds_alternative<ast::OkLit>(expr.node))
    return true;
  if (const auto* name = std::get_if<ast::NameExpr>(&expr.node)) {
    if (frame_.scopes.find(name->name.text) != nullptr) return false;
    const std::vector<Symbol>* symbols = ctx_.globals.names.find(name->name.text);
    return symbols != nullptr && symbols->front().kind == SymbolKind::kMember;
  }
  if (const auto* unary = std::get_if<ast::UnaryExpr>(&expr.node))
    return unary->op != ast::UnaryOp::kNot && needs_context(*unary->operand);
  if (const auto* choice = std::get_if<ast::IfExpr>(&expr.node))
    return needs_context(*choice->then_value) && needs_context(*choice->else_value);
  if (const auto* binary = std::get_if<ast::BinaryExpr>(&expr.node))
    return binary->op < ast::BinaryOp::kEq && needs_context(*binary->lhs) &&
           needs_context(*binary->rhs);
  return false;
}

std::pair<Value, Value> Exprs::infer_pair(const ast::Expr& lhs, const ast::Expr& rhs,
                                          const ir::Type* hint) {
  const auto hint_of = [&](const Value& value) {
    return value.type.is_scalar() ? &value.type.scalar : hint;
  };
  if (needs_context(lhs) && !needs_context(rhs)) {
    Value b = infer(rhs, hint);
    Value a = infer(lhs, hint_of(b));
    return {std::move(a), std::move(b)};
  }
  Value a = infer(lhs, hint);
  Value b = infer(rhs, hint_of(a));
  return {std::move(a), std::move(b)};
}

Value Exprs::unary(const ast::UnaryExpr& expr, base::Span span, const ir::Type* hint) {
  if (expr.op == ast::UnaryOp::kNot) {
    const ir::ExprId operand = condition(*expr.operand);
    return operand == ir::kNoId ? poison(span) : scalar(build_.negate(operand, span), span);
  }
  const bool tilde = expr.op == ast::UnaryOp::kTilde;
  const Value operand = infer(*expr.operand, hint);
  if (operand.is_poison()) return poison(span);
  if (operand.type.shape == Shape::kLiteral)
    return literal(tilde ? ~operand.literal : -operand.literal, span, tilde);
  if (!operand.type.is_int()) {
    ctx_.diags.report(diag::operand_type, span, tilde ? "~" : "-", ctx_.name_of(operand.type));
    return poison(span);
  }
  return scalar(
      build_.make(tilde ? ir::Op::kBitNot : ir::Op::kNeg, operand.type.scalar, {operand.id}, span),
      span);
}

Value Exprs::binary(const ast::BinaryExpr& expr, base::Span span, const ir::Type* hint) {
  using B = ast::BinaryOp;
  switch (expr.op) {
    case B::kAnd:
    case B::kOr:
    case B::kImplies: return logic(expr, span);
    case B::kEq:
    case B::kNe:
    case B::kLt:
    case B::kLe:
    case B::kGt:
    case B::kGe: return comparison(expr, span);
    case B::kShl:
    case B::kShr: return shift(expr, span, hint);
    case B::kMul:
    case B::kDiv:
    case B::kMod:
    case B::kAdd:
    case B::kSub:
    case B::kBitAnd:
    case B::kBitXor:
    case B::kBitOr: return arithmetic(expr, span, hint);
  }
  return poison(span);
}

Value Exprs::logic(const ast::BinaryExpr& expr, base::Span span) {
  const ir::ExprId a = condition(*expr.lhs);
  const ir::ExprId b = condition(*expr.rhs);
  if (a == ir::kNoId || b == ir::kNoId) return poison(span);
  return scalar(build_.compare(value_op(expr.op), a, b, span), span);
}

Value Exprs::comparison(const ast::BinaryExpr& expr, base::Span span) {
  using B = ast::BinaryOp;
  const auto [a, b] = infer_pair(*expr.lhs, *expr.rhs, nullptr);
  if (a.is_poison() || b.is_poison()) return poison(span);
  const bool equality = expr.op == B::kEq || expr.op == B::kNe;

  // `x == none` asks whether there is a value.
  for (const auto& [none, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (none->type.shape != Shape::kNone || !equality) continue;
    if (!other->type.is_optional()) {
      if (other->type.is_scalar())
        ctx_.diags.report(diag::not_optional, other->span, ctx_.name_of(other->type));
      else
        ctx_.diags.report(diag::no_context, none->span, "'none'");
      return poison(span);
    }
    const ir::ExprId some = build_.is_some(other->id, span);
    return scalar(expr.op == B::kNe ? some : build_.negate(some, span), span);
  }
  if (a.type.shape == Shape::kLiteral && b.type.shape == Shape::kLiteral) {
    const Wide x = a.literal, y = b.literal;
    const bool value = expr.op == B::kEq   ? x == y
                       : expr.op == B::kNe ? x != y
                       : expr.op == B::kLt ? x < y
                       : expr.op == B::kLe ? x <= y
                       : expr.op == B::kGt ? x > y
                                           : x >= y;
    return scalar(build_.boolean(value, span), span);
  }

  std::optional<ir::Type> type;
  if (a.type.is_scalar() && b.type.is_scalar()) {
    type = join(a.type.scalar, b.type.scalar);
  } else if (a.type.is_scalar() && b.type.shape == Shape::kLiteral) {
    type = a.type.scalar;
  } else if (b.type.is_scalar() && a.type.shape == Shape::kLiteral) {
    type = b.type.scalar;
  }
  const bool ordered = type && !type->optional &&
                       (type->kind == ir::TypeKind::kInt || type->kind == ir::TypeKind::kIndex);
  if (!type || (!equality && !ordered)) {
    base::Diagnostic& d = ctx_.diags.report(diag::operand_types, span, spelling(expr.op),
                                            ctx_.name_of(a.type), ctx_.name_of(b.type));
    const auto number = [](const Type& t) { return t.is_int() || t.is_index(); };
    if (a.type.is_index() && b.type.is_index())
      d.with_hint("sorts are distinct; go through an integer: " + ctx_.name_of(a.type) +
                  "(u64(..))");
    else if (number(a.type) && number(b.type))
      d.with_hint("convert one of them: " + ctx_.name_of(a.type) + "(..)");
    return poison(span);
  }
  const ir::ExprId x = coerce(a, *type);
  const ir::ExprId y = coerce(b, *type);
  if (x == ir::kNoId || y == ir::kNoId) return poison(span);
  switch (expr.op) {
    case B::kNe: return scalar(build_.negate(build_.compare(ir::Op::kEq, x, y, span), span), span);
    case B::kGt:
    case B::kGe: return scalar(build_.compare(value_op(expr.op), y, x, span), span);
    case B::kEq:
    case B::kLt:
    case B::kLe:
    case B::kMul:
    case B::kDiv:
    case B::kMod:
    case B::kAdd:
    case B::kSub:
    case B::kShl:
    case B::kShr:
    case B::kBitAnd:
    case B::kBitXor:
    case B::kBitOr:
    case B::kAnd:
    case B::kOr:
    case B::kImplies: break;
  }
  return scalar(build_.compare(value_op(expr.op), x, y, span), span);
}

Value Exprs::fold_literals(const ast::BinaryExpr& expr, const Value& a, const Value& b,
                           base::Span span) {
  const bool divides = expr.op == ast::BinaryOp::kDiv || expr.op == ast::BinaryOp::kMod;
  if (divides && b.literal == 0) {
    ctx_.diags.report(diag::division_by_zero, span);
    return poison(span);
  }
  const auto result = compute(expr.op, a.literal, b.literal);
  if (result) return literal(*result, span, a.wraps || b.wraps);
  ctx_.diags.report(diag::literal_overflow, span);
  return poison(span);
}

Value Exprs::arithmetic(const ast::BinaryExpr& expr, base::Span span, const ir::Type* hint) {
  const auto [a, b] = infer_pair(*expr.lhs, *expr.rhs, hint);
  if (a.is_poison() || b.is_poison()) return poison(span);
  const bool a_literal = a.type.shape == Shape::kLiteral;
  const bool b_literal = b.type.shape == Shape::kLiteral;
  if (a_literal && b_literal) return fold_literals(expr, a, b, span);

  std::optional<ir::Type> type;
  if (a.type.is_scalar() && b.type.is_scalar()) {
    type = join(a.type.scalar, b.type.scalar);
  } else if (a.type.is_scalar() && b_literal) {
    type = a.type.scalar;
  } else if (b.type.is_scalar() && a_literal) {
    type = b.type.scalar;
  }
  const bool sums = expr.op == ast::BinaryOp::kAdd || expr.op == ast::BinaryOp::kSub;
  const bool fits =
      type && !type->optional &&
      (type->kind == ir::TypeKind::kInt || (type->kind == ir::TypeKind::kIndex && sums));
  if (!fits) {
    base::Diagnostic& d = ctx_.diags.report(diag::operand_types, span, spelling(expr.op),
                                            ctx_.name_of(a.type), ctx_.name_of(b.type));
    const Value& indexed = a.type.is_index() ? a : b;
    if (indexed.type.is_index())
      d.with_hint(sums ? "indices of one sort can be added; convert the other side: " +
                             ctx_.name_of(indexed.type) + "(..)"
                       : "convert the index first: u64(..)");
    else if (a.type.is_optional() || b.type.is_optional())
      d.with_hint("unwrap the optional value: `let v = .. else fail E`, or `..!`");
    else if (a.type.is_int() && b.type.is_int())
      d.with_hint("convert one of them: " + ctx_.name_of(a.type) + "(..)");
    return poison(span);
  }
  const ir::ExprId x = coerce(a, *type);
  const ir::ExprId y = coerce(b, *type);
  if (x == ir::kNoId || y == ir::kNoId) return poison(span);
  return scalar(build_.make(value_op(expr.op), *type, {x, y}, span), span);
}

Value Exprs::shift(const ast::BinaryExpr& expr, base::Span span, const ir::Type* hint) {
  Value a = infer(*expr.lhs, hint);
  const Value b = infer(*expr.rhs);
  if (a.is_poison() || b.is_poison()) return poison(span);
  if (a.type.shape == Shape::kLiteral && b.type.shape == Shape::kLiteral)
    return fold_literals(expr, a, b, span);
  if (a.type.shape == Shape::kLiteral) {
    // 1 << n: as wide as the context says.
    if (hint == nullptr || hint->kind != ir::TypeKind::kInt) {
      ctx_.diags.report(diag::no_context, a.span, wide_text(a.literal))
          .with_hint("say it: u64(" + wide_text(a.literal) + ") << ..");
      return poison(span);
    }
    a = scalar(coerce(a, with_optional(*hint, false)), a.span);
    if (a.is_poison()) return a;
  }
  if (!a.type.is_int() || !(b.type.shape == Shape::kLiteral || b.type.is_int())) {
    base::Diagnostic& d = ctx_.diags.report(diag::operand_types, span, spelling(expr.op),
                                            ctx_.name_of(a.type), ctx_.name_of(b.type));
    if (a.type.is_index()) d.with_hint("convert the index first: u64(..)");
    return poison(span);
  }
  const ir::Type type = a.type.scalar;
  ir::ExprId amount = ir::kNoId;
  if (b.type.shape == Shape::kLiteral) {
    if (b.literal < 0 || b.literal >= type.width) {
      ctx_.diags.report(diag::shift_amount, b.span, wide_text(b.literal), ctx_.name_of(type));
      return poison(span);
    }
    amount = build_.constant(type, static_cast<std::uint64_t>(b.literal), b.span);
  } else if (b.type.scalar == type) {
    amount = b.id;
  } else if (!b.type.scalar.is_signed && b.type.scalar.width < type.width) {
    amount = build_.make(ir::Op::kCast, type, {b.id}, b.span);
  } else {
    ctx_.diags
        .report(diag::operand_types, span, spelling(expr.op), ctx_.name_of(a.type),
                ctx_.name_of(b.type))
        .with_hint("convert the amount: " + ctx_.name_of(type) + "(..)");
    return poison(span);
  }
  return scalar(build_.make(value_op(expr.op), type, {a.id, amount}, span), span);
}

Value Exprs::conditional(const ast::IfExpr& expr, base::Span span, const ir::Type* hint) {
  const ir::ExprId cond = condition(*expr.cond);
  const auto [a, b] = infer_pair(*expr.then_value, *expr.else_value, hint);
  if (cond == ir::kNoId || a.is_poison() || b.is_poison()) return poison(span);

  if (a.type.shape == Shape::kRange && b.type.shape == Shape::kRange &&
      a.type.scalar == b.type.scalar) {
    Value value = poison(span);
    value.type = a.type;
    for (std::size_t i = 0; i < 2; ++i)
      value.parts.push_back(build_.ite(i == 0 ? cond : reuse(cond), a.parts[i], b.parts[i], span));
    return value;
  }
  std::optional<ir::Type> type;
  const auto plain = [](const Value& v) {
    return v.type.shape == Shape::kLiteral || v.type.shape == Shape::kNone;
  };
  if (a.type.is_scalar() && b.type.is_scalar()) {
    type = join(a.type.scalar, b.type.scalar);
  } else if (a.type.is_scalar() && plain(b)) {
    type = with_optional(a.type.scalar, a.type.scalar.optional || b.type.shape == Shape::kNone);
  } else if (b.type.is_scalar() && plain(a)) {
    type = with_optional(b.type.scalar, b.type.scalar.optional || a.type.shape == Shape::kNone);
  } else if (plain(a) && plain(b)) {
    if (hint == nullptr) {
      ctx_.diags.report(diag::no_context, span, "this choice")
          .with_hint("convert one side: u64(..)");
      return poison(span);
    }
    type = *hint;
  }
  if (!type) {
    ctx_.diags.report(diag::operand_types, span, "if", ctx_.name_of(a.type), ctx_.name_of(b.type));
    return poison(span);
  }
  const ir::ExprId x = coerce(a, *type);
  const ir::ExprId y = coerce(b, *type);
  if (x == ir::kNoId || y == ir::kNoId) return poison(span);
  return scalar(build_.ite(cond, x, y, span), span);
}

Value Exprs::unwrap(const ast::UnwrapExpr& expr, base::Span span) {
  const Value operand = infer_scalar(*expr.operand);
  if (operand.is_poison()) return operand;
  if (!operand.type.is_optional()) {
    ctx_.diags.report(diag::not_optional, span, ctx_.name_of(operand.type))
        .with_hint("remove the '!'");
    return poison(span);
  }
  return scalar(build_.unwrap(operand.id, span), span);
}

}  // namespace gms::gen::sema
