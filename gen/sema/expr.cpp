#include "gen/sema/expr.h"

#include <type_traits>

namespace gms::gen::sema {

Value Exprs::infer(const ast::Expr& expr, const ir::Type* hint) {
  const base::Span span = expr.span;
  return std::visit(
      [&](const auto& node) -> Value {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, ast::IntLit>) {
          return literal(static_cast<Wide>(node.value), span);
        } else if constexpr (std::is_same_v<Node, ast::BoolLit>) {
          return scalar(build_.boolean(node.value, span), span);
        } else if constexpr (std::is_same_v<Node, ast::NoneLit>) {
          Value value = poison(span);
          value.type.shape = Shape::kNone;
          return value;
        } else if constexpr (std::is_same_v<Node, ast::OkLit>) {
          return ok(span, hint);
        } else if constexpr (std::is_same_v<Node, ast::ResultLit>) {
          // Traces have fields of this name; an event has no other use for the word.
          LocalName* field = frame_.place == Place::kEvent ? frame_.scopes.find("result") : nullptr;
          if (field != nullptr) return value_of(*field, span);
          if (frame_.place != Place::kTwoState) {
            ctx_.diags.report(diag::result_misplaced, span);
            return poison(span);
          }
          return scalar(build_.make(ir::Op::kResult, errno_type(ctx_.module), {}, span), span);
        } else if constexpr (std::is_same_v<Node, ast::NameExpr>) {
          return name(node, span, hint);
        } else if constexpr (std::is_same_v<Node, ast::IndexExpr>) {
          return index(node, span);
        } else if constexpr (std::is_same_v<Node, ast::CallExpr>) {
          return call(node, span, hint);
        } else if constexpr (std::is_same_v<Node, ast::UnwrapExpr>) {
          return unwrap(node, span);
        } else if constexpr (std::is_same_v<Node, ast::MemberExpr>) {
          return member(node, span, hint);
        } else if constexpr (std::is_same_v<Node, ast::UnaryExpr>) {
          return unary(node, span, hint);
        } else if constexpr (std::is_same_v<Node, ast::BinaryExpr>) {
          return binary(node, span, hint);
        } else if constexpr (std::is_same_v<Node, ast::RangeExpr>) {
          return range(node, span, hint);
        } else if constexpr (std::is_same_v<Node, ast::InExpr>) {
          return in(node, span);
        } else if constexpr (std::is_same_v<Node, ast::IfExpr>) {
          return conditional(node, span, hint);
        } else {
          static_assert(std::is_same_v<Node, ast::QuantExpr>);
          return quantifier(node, span);
        }
      },
      expr.node);
}

ir::ExprId Exprs::check(const ast::Expr& expr, const ir::Type& type) {
  return coerce(infer(expr, &type), type);
}

Value Exprs::infer_scalar(const ast::Expr& expr) {
  Value value = infer(expr);
  switch (value.type.shape) {
    case Shape::kPoison:
    case Shape::kScalar: return value;
    case Shape::kNone:
      ctx_.diags.report(diag::no_context, expr.span, "'none'");
      return poison(expr.span);
    case Shape::kLiteral:
      ctx_.diags.report(diag::no_context, expr.span, wide_text(value.literal))
          .with_hint("say it: u64(" + wide_text(value.literal) + ")");
      return poison(expr.span);
    case Shape::kRange:
      ctx_.diags.report(diag::range_misplaced, expr.span, "a value here");
      return poison(expr.span);
    case Shape::kStruct:
      ctx_.diags.report(diag::struct_misplaced, expr.span, "a value here");
      return poison(expr.span);
  }
  return value;
}

Value Exprs::infer_range(const ast::Expr& expr, const ir::Type* element) {
  Value value = infer(expr, element);
  if (value.type.shape == Shape::kRange || value.is_poison()) return value;
  ctx_.diags.report(diag::not_a_range, expr.span, ctx_.name_of(value.type))
      .with_hint("a range is written lo ..< hi");
  return poison(expr.span);
}

ir::ExprId Exprs::coerce(const Value& value, const ir::Type& type) {
  const base::Span span = value.span;
  switch (value.type.shape) {
    case Shape::kPoison: return ir::kNoId;
    case Shape::kNone:
      if (type.optional) return build_.none(type, span);
      ctx_.diags.report(diag::none_needs_optional, span, ctx_.name_of(type));
      return ir::kNoId;
    case Shape::kLiteral: {
      const ir::Type plain = with_optional(type, false);
      if (plain.kind != ir::TypeKind::kInt && plain.kind != ir::TypeKind::kIndex) {
        mismatch(value, type);
        return ir::kNoId;
      }
      if (!literal_fits(value.literal, plain) && !value.wraps) {
        base::Diagnostic& d = ctx_.diags.report(diag::literal_range, span, wide_text(value.literal),
                                                ctx_.name_of(plain));
        if (value.literal < 0 && !plain.is_signed)
          d.with_hint(ctx_.name_of(plain) + " is unsigned; all ones are written ~0");
        return ir::kNoId;
      }
      const auto bits = static_cast<std::uint64_t>(value.literal) & mask_of(plain.width);
      const ir::ExprId id = build_.constant(plain, bits, span);
      return type.optional ? build_.some(id, span) : id;
    }
    case Shape::kScalar: {
      const ir::Type& from = value.type.scalar;
      if (!converts(from, type)) {
        mismatch(value, type);
        return ir::kNoId;
      }
      ir::ExprId id = value.id;
      if (from.width != type.width && from.kind == ir::TypeKind::kInt)
        id = build_.make(ir::Op::kCast, with_optional(type, false), {id}, span);
      return type.optional && !from.optional ? build_.some(id, span) : id;
    }
    case Shape::kRange:
    case Shape::kStruct: mismatch(value, type); return ir::kNoId;
  }
  return ir::kNoId;
}

std::vector<ir::ExprId> Exprs::coerce_all(const Value& value, const Type& type) {
  if (value.is_poison() || type.is_poison()) return {};
  if (type.is_scalar()) {
    const ir::ExprId id = coerce(value, type.scalar);
    return id == ir::kNoId ? std::vector<ir::ExprId>{} : std::vector<ir::ExprId>{id};
  }
  const bool same = value.type.shape == type.shape && value.type.structure == type.structure &&
                    (type.shape != Shape::kRange || value.type.scalar == type.scalar);
  if (same) return value.parts;
  ctx_.diags.report(diag::type_mismatch, value.span, ctx_.name_of(type), ctx_.name_of(value.type));
  return {};
}

void Exprs::mismatch(const Value& value, const ir::Type& type) {
  base::Diagnostic& d = ctx_.diags.report(diag::type_mismatch, value.span, ctx_.name_of(type),
                                          ctx_.name_of(value.type));
  if (!value.type.is_scalar()) return;
  const ir::Type& from = value.type.scalar;
  if (from.optional && !type.optional && with_optional(from, false) == type) {
    d.with_hint("unwrap it: `let v = .. else fail E`, or `..!` where it is known to be there");
    return;
  }
  const auto number = [](const ir::Type& t) {
    return t.kind == ir::TypeKind::kInt || t.kind == ir::TypeKind::kIndex;
  };
  const bool to_number = number(type) && (number(from) || from.kind == ir::TypeKind::kBool ||
                                          from.kind == ir::TypeKind::kEnum);
  if (to_number && !from.optional)
    d.with_hint("convert it: " + ctx_.name_of(with_optional(type, false)) + "(..)");
  else if (type.kind == ir::TypeKind::kBool && number(from) && !from.optional)
    d.with_hint("compare it: .. != 0");
}

Value Exprs::scalar(ir::ExprId id, base::Span span) const {
  if (id == ir::kNoId) return poison(span);
  const Extent& extent = build_.extent(id);
  if (extent.nodes >= Builder::kTooManyNodes || extent.depth >= Builder::kTooDeep) {
    ctx_.diags.report(diag::expression_too_large, span)
        .with_hint("name parts of it: a `let`, or a function");
    return poison(span);
  }
  return {Type::of(build_.type(id)), span, id, {}, 0, false};
}

Value Exprs::literal(Wide value, base::Span span, bool wraps) const {
  Value result = poison(span);
  result.type.shape = Shape::kLiteral;
  result.literal = value;
  result.wraps = wraps;
  return result;
}

void Exprs::declare(LocalName name) {
  if (frame_.warn_shadowing && name.kind != LocalKind::kHidden) {
    if (const LocalName* outer = frame_.scopes.find(name.name)) {
      ctx_.warn(diag::shadowed, name.span, name.name, "a local").note(outer->span, "the other one");
    } else if (std::vector<Symbol>* symbols = ctx_.globals.names.find(name.name);
               symbols != nullptr && symbols->front().kind != SymbolKind::kFn) {
      const Symbol& other = symbols->front();
      base::Diagnostic& d = ctx_.warn(diag::shadowed, name.span, name.name, kind_noun(other.kind));
      if (other.span.has_place()) d.note(other.span, "declared here");
    }
  }
  frame_.scopes.add(std::move(name));
}

void Exprs::leave_scope() {
  frame_.scopes.pop([&](const LocalName& local) {
    const bool silent = local.kind == LocalKind::kHidden || local.kind == LocalKind::kField ||
                        local.kind == LocalKind::kOutput || local.name.starts_with('_');
    if (!local.used && !silent)
      ctx_.warn(diag::unused_local, local.span, local.name)
          .with_hint("remove it, or begin its name with '_'");
  });
}

Value Exprs::value_of(LocalName& local, base::Span span) {
  local.used = true;
  const Type& type = local.type;
  if (type.is_poison()) return poison(span);
  if (type.is_scalar()) {
    const ir::ExprId id = build_.var(local.vars[0], frame_.locals[local.vars[0]].type, span);
    return scalar(local.unwrap ? build_.unwrap(id, span) : id, span);
  }
  Value value = poison(span);
  value.type = type;
  for (const ir::VarId var : local.vars)
    value.parts.push_back(build_.var(var, frame_.locals[var].type, span));
  return value;
}

}  // namespace gms::gen::sema
