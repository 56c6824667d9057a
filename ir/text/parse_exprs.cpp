// Expressions of .gir text.
#include <algorithm>

#include "ir/calls.h"
#include "ir/text/parser.h"

namespace gms::ir {

ExprId Parser::leaf(const Sexpr& form, base::Span outer) {
  const std::string& text = form.text;
  if (form.kind != Sexpr::Kind::kWord) {
    errors_.fail(form, "an expression is expected here");
    return node(Op::kConst, bool_type(), {}, outer);
  }
  if (text == "true" || text == "false") {
    return node(Op::kConst, bool_type(), {}, outer, text == "true" ? 1 : 0);
  }
  if (const std::size_t colon = text.find(':'); colon != std::string::npos) {
    const Type type = type_named(form, std::string_view(text).substr(colon + 1));
    const std::string_view value = std::string_view(text).substr(0, colon);
    if (type.optional) {
      if (value != "none") errors_.fail(form, "a constant of an optional type can only be none");
      return node(Op::kNone, type, {}, outer);
    }
    return node(Op::kConst, type, {}, outer, bits_of(form, type, value));
  }
  const VarId id = var_named(form, text);
  return node(Op::kVar, type_of_var(id), {}, outer, 0, id);
}

ExprId Parser::expr(const Sexpr& sexpr, base::Span outer) {
  if (!sexpr.is_list()) return leaf(sexpr, outer);
  Form form(sexpr, errors_);
  std::string head = form.take_word();
  const auto bad = [&] { return node(Op::kConst, bool_type(), {}, outer); };
  if (errors_.failed()) return bad();

  if (sexpr.kind == Sexpr::Kind::kSquare) {
    const bool primed = head.ends_with('\'');
    if (primed) head.pop_back();
    const base::Span span = take_place(form, outer);
    const StateId id = find(states_, "state", sexpr, head);
    std::vector<ExprId> keys = take_exprs(form, span);
    if (id == kNoId) return bad();
    return node(Op::kState, m_.states[id].type, std::move(keys), span, primed ? 1 : 0, id);
  }

  const bool primed_live = head == "live'";
  const auto row = std::find_if(kOpInfo.begin(), kOpInfo.end(), [&](const OpInfo& op) {
    return op.text == (primed_live ? "live" : std::string_view(head));
  });
  if (row == kOpInfo.end()) {
    errors_.unknown(sexpr, "operation", head);
    return bad();
  }
  const Op op = row->op;
  base::Span span = outer;
  std::uint32_t ref = kNoId, binders = kNoId;
  Type type = bool_type();
  switch (op) {
    case Op::kParam:
      ref = take_ref(form, params_, "parameter");
      if (ref != kNoId) type = m_.params[ref].type;
      span = take_place(form, outer);
      break;
    case Op::kCall:
      ref = take_ref(form, fns_, "function");
      // Functions are read in order, so an earlier one has its value by now.
      if (ref != kNoId) {
        const ExprId value = m_.fns[ref].expr;
        if (value == kNoId) {
          errors_.fail(sexpr, "a function may only call earlier ones");
        } else {
          type = m_.exprs[value].type;
        }
      }
      span = take_place(form, outer);
      break;
    case Op::kExit: {
      const std::string label = form.take_name();
      if (form.accept("procedure")) {
        const ProcId proc = take_ref(form, procs_, "procedure");
        ref = find_clause(sexpr, label, kNoId, proc);
      } else {
        const ActionId owner = take_ref(form, actions_, "action");
        ref = find_clause(sexpr, label, owner, kNoId);
      }
      span = take_place(form, outer);
      break;
    }
    case Op::kSelf:
      span = take_place(form, outer);
      if (call_domain(m_) == kNoId) {
        errors_.fail(sexpr, "there is no domain Call");
      } else {
        type = handle_type(call_domain(m_));
      }
      break;
    case Op::kResult:
      span = take_place(form, outer);
      if (m_.enums.empty()) {
        errors_.fail(sexpr, "there is no enum of results");
      } else {
        type = enum_type(m_, kErrnoEnum);
      }
      break;
    case Op::kCast:
      type = take_type(form);
      span = take_place(form, outer);
      break;
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: {
      span = take_place(form, outer);
      std::vector<Binder> list = take_binders(form, span);
      if (op == Op::kFirst && !list.empty()) type = optional_of(list.front().type);
      m_.binder_lists.push_back(std::move(list));
      binders = static_cast<std::uint32_t>(m_.binder_lists.size() - 1);
      break;
    }
    case Op::kConst:
    case Op::kNone:
    case Op::kVar:
    case Op::kState: errors_.fail(sexpr, "'" + head + "' is not written in this way"); return bad();
    case Op::kLive:
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kImplies:
    case Op::kIte:
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor:
    case Op::kShl:
    case Op::kShr:
    case Op::kNeg:
    case Op::kBitNot:
    case Op::kSome:
    case Op::kIsSome:
    case Op::kUnwrap: span = take_place(form, outer); break;
  }
  std::vector<ExprId> args = take_exprs(form, span);
  if (errors_.failed()) return bad();
  if (row->arity >= 0 && args.size() != static_cast<std::size_t>(row->arity)) {
    errors_.fail(sexpr, "'" + head + "' takes " + std::to_string(row->arity) + " operands, not " +
                            std::to_string(args.size()));
    return bad();
  }
  switch (op) {
    case Op::kLive: ref = build_.type_of(args[0]).decl; break;
    case Op::kIte: type = build_.type_of(args[1]); break;
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor:
    case Op::kShl:
    case Op::kShr:
    case Op::kNeg:
    case Op::kBitNot: type = build_.type_of(args[0]); break;
    case Op::kSome: type = optional_of(build_.type_of(args[0])); break;
    case Op::kUnwrap: type = value_of(build_.type_of(args[0])); break;
    case Op::kConst:
    case Op::kNone:
    case Op::kVar:
    case Op::kParam:
    case Op::kState:
    case Op::kCall:
    case Op::kSelf:
    case Op::kResult:
    case Op::kExit:
    case Op::kNot:
    case Op::kAnd:
    case Op::kOr:
    case Op::kImplies:
    case Op::kEq:
    case Op::kLt:
    case Op::kLe:
    case Op::kCast:
    case Op::kIsSome:
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: break;
  }
  return node(op, type, std::move(args), span, primed_live ? 1 : 0, ref, binders);
}

Binder Parser::take_binder(Form& form, base::Span outer) {
  Form one(form.take(), errors_);
  Binder binder;
  binder.var = take_var(one);
  binder.type = type_of_var(binder.var);
  if (!one.at_end()) {
    binder.lo = take_expr(one, outer);
    binder.hi = take_expr(one, outer);
  }
  one.finish();
  return binder;
}

std::vector<Binder> Parser::take_binders(Form& form, base::Span outer) {
  Form items(form.take(), errors_);
  std::vector<Binder> binders;
  while (!items.at_end())
    binders.push_back(take_binder(items, outer));
  return binders;
}

ClauseId Parser::find_clause(const Sexpr& at, const std::string& label, ActionId action,
                             ProcId proc) {
  const std::string key = action != kNoId ? "a" + std::to_string(action) + "." + label
                                          : "p" + std::to_string(proc) + "." + label;
  return find(clauses_, "clause", at, key) == kNoId ? kNoId : clauses_.at(key);
}

}  // namespace gms::ir
