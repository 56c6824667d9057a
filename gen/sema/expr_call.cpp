// Calls in expressions: functions of the spec, conversions, builtins, and structs made of fields.
#include <algorithm>
#include <array>

#include "gen/sema/expr.h"

namespace gms::gen::sema {

namespace {
constexpr std::array<std::string_view, 8> kBuiltins = {"min", "max", "live",  "exit",
                                                       "has", "len", "empty", "intersect"};
}  // namespace

bool is_builtin_function(const std::string& name) {
  return std::find(kBuiltins.begin(), kBuiltins.end(), name) != kBuiltins.end();
}

Value Exprs::call(const ast::CallExpr& expr, base::Span span, const ir::Type* hint) {
  const std::string& name = expr.name.text;
  if (expr.primed && !check_prime(true, span)) return poison(span);
  if (is_builtin_function(name)) return builtin(expr, span, hint);
  const auto unprimed = [&] {
    if (!expr.primed) return true;
    ctx_.diags.report(diag::prime_not_allowed, expr.name.span, name);
    return false;
  };
  if (name == "bool" || parse_int_type(name)) {
    if (!unprimed()) return poison(span);
    return convert(expr, name == "bool" ? bool_type() : *parse_int_type(name), span);
  }
  Symbol* symbol = ctx_.globals.names.find_one(name);
  if (symbol == nullptr) {
    std::vector<std::string> known(kBuiltins.begin(), kBuiltins.end());
    for (const auto& [other, symbols] : ctx_.globals.names.all())
      if (symbols.front().kind == SymbolKind::kFn) known.push_back(other);
    if (ctx_.globals.callables.find(name) != nullptr) {
      ctx_.diags
          .report(diag::wrong_kind, expr.name.span, name, "a procedure or an action", "a function")
          .with_hint("procedures are called by `call` and `let (..) = ..`");
    } else {
      ctx_.report_unknown(diag::unknown_function, expr.name, known);
    }
    for (const ast::Arg& arg : expr.args)
      if (arg.value) infer(*arg.value);
    return poison(span);
  }
  switch (symbol->kind) {
    case SymbolKind::kFn: return call_fn(expr, *symbol, span);
    case SymbolKind::kFlags:
    case SymbolKind::kIndexSort: {
      if (!unprimed()) return poison(span);
      const auto type = ctx_.resolve_scalar(expr.name);
      return type ? convert(expr, *type, span) : poison(span);
    }
    case SymbolKind::kStruct:
      if (!unprimed()) return poison(span);
      symbol->used = true;
      return make_struct(expr, symbol->id, span);
    case SymbolKind::kEnum:
    case SymbolKind::kDomain:
    case SymbolKind::kConst:
    case SymbolKind::kFlag:
    case SymbolKind::kMember:
    case SymbolKind::kParam:
    case SymbolKind::kState:
    case SymbolKind::kProc:
    case SymbolKind::kAction:
    case SymbolKind::kLock:
    case SymbolKind::kProperty:
    case SymbolKind::kEvent: break;
  }
  base::Diagnostic& d = ctx_.diags.report(diag::wrong_kind, expr.name.span, name,
                                          kind_noun(symbol->kind), "a function");
  if (symbol->span.has_place()) d.note(symbol->span, "declared here");
  if (symbol->kind == SymbolKind::kState) d.with_hint("keys stand in brackets: " + name + "[..]");
  return poison(span);
}

bool Exprs::arity(const ast::CallExpr& expr, std::size_t count) {
  for (const ast::Arg& arg : expr.args) {
    if (!arg.value) {
      ctx_.diags.report(diag::any_misplaced, arg.span);
      return false;
    }
    if (arg.name) {
      ctx_.diags.report(diag::named_arg_misplaced, arg.name->span, expr.name.text);
      return false;
    }
  }
  if (expr.args.size() == count) return true;
  ctx_.diags.report(diag::wrong_arg_count, expr.name.span, expr.name.text, count, expr.args.size());
  return false;
}

Value Exprs::convert(const ast::CallExpr& expr, const ir::Type& target, base::Span span) {
  if (!arity(expr, 1)) return poison(span);
  const Value value = infer(*expr.args[0].value, &target);
  if (value.is_poison()) return poison(span);
  const auto number = [](const ir::Type& t) {
    return t.kind == ir::TypeKind::kInt || t.kind == ir::TypeKind::kIndex;
  };
  if (value.type.shape == Shape::kLiteral && number(target))
    return scalar(coerce(value, target), span);
  if (value.type.is_scalar() && !value.type.scalar.optional) {
    const ir::Type& from = value.type.scalar;
    if (from == target) return scalar(value.id, span);
    const bool to_int =
        target.kind == ir::TypeKind::kInt &&
        (number(from) || from.kind == ir::TypeKind::kEnum || from.kind == ir::TypeKind::kBool);
    const bool to_index = target.kind == ir::TypeKind::kIndex && from.kind == ir::TypeKind::kInt;
    if (to_int || to_index)
      return scalar(build_.make(ir::Op::kCast, target, {value.id}, span), span);
  }
  base::Diagnostic& d =
      ctx_.diags.report(diag::bad_conversion, span, ctx_.name_of(value.type), ctx_.name_of(target));
  if (value.type.is_optional())
    d.with_hint("unwrap it first: `let v = .. else fail E`, or `..!`");
  else if (value.type.is_index() && target.kind == ir::TypeKind::kIndex)
    d.with_hint("sorts are distinct; go through an integer: " + ctx_.name_of(target) + "(u64(..))");
  else if (target.kind == ir::TypeKind::kBool)
    d.with_hint("compare it: .. != 0");
  return poison(span);
}

Value Exprs::builtin(const ast::CallExpr& expr, base::Span span, const ir::Type* hint) {
  const std::string& name = expr.name.text;
  if (expr.primed && name != "live") {
    ctx_.diags.report(diag::prime_not_allowed, expr.name.span, name);
    return poison(span);
  }
  if (name == "min" || name == "max") return extremum(expr, span, hint);
  if (name == "live") return live(expr, span);
  if (name == "exit") return exit(expr, span);
  if (name == "has") return has(expr, span);
  return range_builtin(expr, span);
}

Value Exprs::extremum(const ast::CallExpr& expr, base::Span span, const ir::Type* hint) {
  if (!arity(expr, 2)) return poison(span);
  const auto [a, b] = infer_pair(*expr.args[0].value, *expr.args[1].value, hint);
  if (a.is_poison() || b.is_poison()) return poison(span);
  const bool least = expr.name.text == "min";
  std::optional<ir::Type> type;
  if (a.type.is_scalar() && b.type.is_scalar())
    type = join(a.type.scalar, b.type.scalar);
  else if (a.type.is_scalar() && b.type.shape == Shape::kLiteral)
    type = a.type.scalar;
  else if (b.type.is_scalar() && a.type.shape == Shape::kLiteral)
    type = b.type.scalar;
  else if (a.type.shape == Shape::kLiteral && b.type.shape == Shape::kLiteral)
    return literal(least ? std::min(a.literal, b.literal) : std::max(a.literal, b.literal), span);
  if (!type || type->optional ||
      (type->kind != ir::TypeKind::kInt && type->kind != ir::TypeKind::kIndex)) {
    ctx_.diags.report(diag::operand_types, span, expr.name.text, ctx_.name_of(a.type),
                      ctx_.name_of(b.type));
    return poison(span);
  }
  const ir::ExprId x = coerce(a, *type);
  const ir::ExprId y = coerce(b, *type);
  if (x == ir::kNoId || y == ir::kNoId) return poison(span);
  const ir::ExprId in_order = build_.compare(ir::Op::kLe, x, y, span);
  const ir::ExprId x2 = reuse(x), y2 = reuse(y);
  return scalar(least ? build_.ite(in_order, x2, y2, span) : build_.ite(in_order, y2, x2, span),
                span);
}

Value Exprs::live(const ast::CallExpr& expr, base::Span span) {
  if (!arity(expr, 1)) return poison(span);
  const Value value = infer_scalar(*expr.args[0].value);
  if (value.is_poison()) return poison(span);
  if (value.type.scalar.kind != ir::TypeKind::kHandle) {
    ctx_.diags.report(diag::operand_type, span, "live", ctx_.name_of(value.type));
    return poison(span);
  }
  // live(x) of an optional: there is a handle, and it is live.
  const bool optional = value.type.is_optional();
  ir::Expr node;
  node.op = ir::Op::kLive;
  node.type = bool_type();
  node.args = {optional ? build_.unwrap(value.id, span) : value.id};
  node.value = expr.primed ? 1 : 0;
  node.ref = value.type.scalar.decl;
  node.span = span;
  const ir::ExprId alive = build_.add(std::move(node));
  if (!optional) return scalar(alive, span);
  return scalar(build_.both(build_.is_some(reuse(value.id), span), alive, span), span);
}

Value Exprs::exit(const ast::CallExpr& expr, base::Span span) {
  if (frame_.place != Place::kTwoState) {
    ctx_.diags.report(diag::exit_misplaced, span);
    return poison(span);
  }
  if (!arity(expr, 1)) return poison(span);
  const ast::Expr& arg = *expr.args[0].value;
  const std::string label = std::holds_alternative<ast::OkLit>(arg.node) ? "ok" : dotted_path(arg);
  if (label.empty()) {
    ctx_.diags.report(diag::exit_argument, arg.span);
    return poison(span);
  }
  // `busy`: of the action itself, else of a procedure; `host_fault.eof`: of that procedure.
  const std::size_t dot = label.find('.');
  ir::ExprId any = ir::kNoId;
  std::vector<std::string> labels;
  const auto add = [&](ir::ClauseId id) {
    ir::Expr node;
    node.op = ir::Op::kExit;
    node.type = bool_type();
    node.ref = id;
    node.span = span;
    any = build_.either(any, build_.add(std::move(node)), span);
  };
  const auto of_frame = [&](const ir::Clause& clause) {
    return std::find(frame_.actions.begin(), frame_.actions.end(), clause.action) !=
           frame_.actions.end();
  };
  for (ir::ClauseId id = 0; id < ctx_.module.clauses.size(); ++id) {
    const ir::Clause& clause = ctx_.module.clauses[id];
    if (clause.action == ir::kNoId || !of_frame(clause)) continue;
    labels.push_back(clause.label);
    if (clause.label == label) add(id);
  }
  if (any == ir::kNoId) {
    for (ir::ClauseId id = 0; id < ctx_.module.clauses.size(); ++id) {
      const ir::Clause& clause = ctx_.module.clauses[id];
      if (clause.proc == ir::kNoId) continue;
      const bool named = dot != std::string::npos &&
                         ctx_.procs[clause.proc].name == label.substr(0, dot) &&
                         clause.label == label.substr(dot + 1);
      if (named || clause.label == label) add(id);
    }
  }
  if (any != ir::kNoId) return scalar(any, span);
  const std::string owner = frame_.actions.size() == 1
                                ? "'" + ctx_.module.actions[frame_.actions[0]].name + "'"
                                : "none of the actions";
  base::Diagnostic& d = ctx_.diags.report(diag::unknown_label, arg.span, owner, label);
  if (const auto meant = suggest(label, labels)) d.with_hint("did you mean '" + *meant + "'?");
  return poison(span);
}

Value Exprs::has(const ast::CallExpr& expr, base::Span span) {
  if (!arity(expr, 1)) return poison(span);
  const Value value = infer_scalar(*expr.args[0].value);
  if (value.is_poison()) return poison(span);
  if (!value.type.is_optional()) {
    ctx_.diags.report(diag::not_optional, span, ctx_.name_of(value.type));
    return poison(span);
  }
  return scalar(build_.is_some(value.id, span), span);
}

Value Exprs::range_builtin(const ast::CallExpr& expr, base::Span span) {
  const bool two = expr.name.text == "intersect";
  if (!arity(expr, two ? 2 : 1)) return poison(span);
  const Value r = infer_range(*expr.args[0].value);
  const ir::Type* element = r.is_poison() ? nullptr : &r.type.scalar;
  const Value s = two ? infer_range(*expr.args[1].value, element) : r;
  if (r.is_poison() || s.is_poison()) return poison(span);
  const ir::ExprId lo = r.parts[0];
  const ir::ExprId hi = r.parts[1];
  if (!two) {
    const ir::ExprId filled = build_.compare(ir::Op::kLt, lo, hi, span);
    if (expr.name.text == "empty") return scalar(build_.negate(filled, span), span);
    const ir::ExprId size = build_.make(ir::Op::kSub, r.type.scalar, {reuse(hi), reuse(lo)}, span);
    const ir::ExprId zero = build_.constant(r.type.scalar, 0, span);
    return scalar(build_.ite(filled, size, zero, span), span);
  }
  if (!(r.type.scalar == s.type.scalar)) {
    ctx_.diags.report(diag::operand_types, span, "intersect", ctx_.name_of(r.type),
                      ctx_.name_of(s.type));
    return poison(span);
  }
  Value value = poison(span);
  value.type = r.type;
  const auto pick = [&](ir::ExprId a, ir::ExprId b, bool larger) {
    const ir::ExprId in_order = build_.compare(ir::Op::kLe, a, b, span);
    const ir::ExprId a2 = reuse(a), b2 = reuse(b);
    return larger ? build_.ite(in_order, b2, a2, span) : build_.ite(in_order, a2, b2, span);
  };
  value.parts = {pick(lo, s.parts[0], true), pick(hi, s.parts[1], false)};
  for (const ir::ExprId part : value.parts)
    if (scalar(part, span).is_poison()) return poison(span);
  return value;
}

Value Exprs::make_struct(const ast::CallExpr& expr, std::uint32_t id, base::Span span) {
  Signature fields;
  fields.name = expr.name.text;
  for (const StructField& field : ctx_.globals.structs[id].fields)
    fields.params.push_back({field.name, Type::of(field.type), expr.name.span});
  const Args args = arguments(fields, expr.args, span, false);
  if (args.failed) return poison(span);
  Value value = poison(span);
  value.type = Type::of_struct(id);
  value.parts = args.flat;
  return value;
}

Value Exprs::call_fn(const ast::CallExpr& expr, Symbol& symbol, base::Span span) {
  symbol.used = true;
  if (frame_.place == Place::kConst) {
    ctx_.diags.report(diag::not_constant, span);
    return poison(span);
  }
  const ir::FnId id = ctx_.on_demand->function(symbol.id, span);
  if (id == ir::kNoId) {
    for (const ast::Arg& arg : expr.args)
      if (arg.value && !arg.name) infer(*arg.value);
    return poison(span);
  }
  Args args = arguments(ctx_.fns[id], expr.args, span, false);
  if (args.failed || ctx_.module.fns[id].expr == ir::kNoId) return poison(span);
  if (expr.primed) {
    const ir::ExprId after = value_after(ctx_, frame_, id, args.flat);
    if (after == ir::kNoId) ctx_.diags.report(diag::expression_too_large, span);
    return scalar(after, span);
  }
  ir::Expr node;
  node.op = ir::Op::kCall;
  node.type = build_.type(ctx_.module.fns[id].expr);
  node.args = std::move(args.flat);
  node.ref = id;
  node.span = span;
  return scalar(build_.add(std::move(node)), span);
}

Exprs::Args Exprs::arguments(const Signature& callee, const std::vector<ast::Arg>& args,
                             base::Span span, bool any_allowed) {
  Args result;
  std::vector<const ast::Arg*> given(callee.params.size());
  std::size_t position = 0;
  const auto refuse = [&](const ast::Arg& arg) {
    result.failed = true;
    if (arg.value) infer(*arg.value);
  };
  std::vector<std::string> names;
  for (const Signature::Param& param : callee.params)
    names.push_back(param.name);
  bool too_many = false;
  for (const ast::Arg& arg : args) {
    std::size_t at = position;
    if (arg.name) {
      at = static_cast<std::size_t>(std::find(names.begin(), names.end(), arg.name->text) -
                                    names.begin());
      if (at == names.size()) {
        base::Diagnostic& d =
            ctx_.diags.report(diag::unknown_arg, arg.name->span, callee.name, arg.name->text);
        if (const auto meant = suggest(arg.name->text, names))
          d.with_hint("did you mean '" + *meant + "'?");
        if (callee.span.has_place()) d.note(callee.span, "declared here");
        refuse(arg);
        continue;
      }
    } else {
      ++position;
    }
    if (at >= given.size()) {
      too_many = true;
      refuse(arg);
    } else if (given[at] != nullptr) {
      ctx_.diags.report(diag::arg_twice, arg.span, names[at])
          .note(given[at]->span, "the first time");
      refuse(arg);
    } else {
      given[at] = &arg;
    }
  }
  if (too_many) {
    base::Diagnostic& d = ctx_.diags.report(diag::wrong_arg_count, span, callee.name,
                                            callee.params.size(), args.size());
    if (callee.span.has_place()) d.note(callee.span, "declared here");
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Signature::Param& param = callee.params[i];
    if (given[i] == nullptr) {
      // An unknown or superfluous argument was probably meant for this one.
      if (!result.failed) {
        base::Diagnostic& d = ctx_.diags.report(diag::arg_missing, span, callee.name, param.name);
        if (param.span.has_place()) d.note(param.span, "declared here");
        result.failed = true;
      }
      continue;
    }
    const std::size_t width = param.type.shape == Shape::kRange ? 2
                              : param.type.shape == Shape::kStruct
                                  ? ctx_.globals.structs[param.type.structure].fields.size()
                                  : 1;
    if (!given[i]->value) {
      if (!any_allowed) {
        ctx_.diags.report(diag::any_misplaced, given[i]->span);
        result.failed = true;
      }
      result.flat.insert(result.flat.end(), width, ir::kNoId);
      result.any.insert(result.any.end(), width, true);
      continue;
    }
    const bool hinted = param.type.is_scalar() || param.type.shape == Shape::kRange;
    const Value value = infer(*given[i]->value, hinted ? &param.type.scalar : nullptr);
    const std::vector<ir::ExprId> ids = coerce_all(value, param.type);
    if (ids.size() != width) result.failed = true;
    result.flat.insert(result.flat.end(), ids.begin(), ids.end());
    result.any.insert(result.any.end(), ids.size(), false);
  }
  return result;
}

}  // namespace gms::gen::sema
