#include "gen/backend/cpp/expr.h"

#include "ir/type.h"

namespace gms::gen::cpp {
namespace {

using ir::kNoId;
using ir::Op;
using ir::TypeKind;

bool is_native(const ir::Type& type) {
  return type.width == 8 || type.width == 16 || type.width == 32 || type.width == 64;
}
unsigned stored_width(const ir::Type& type) {
  return type.width <= 8 ? 8 : type.width <= 16 ? 16 : type.width <= 32 ? 32 : 64;
}

}  // namespace

const std::string& ExprWriter::name(ir::VarId var) {
  if (names_[var].empty()) names_[var] = scope_.add(to_snake(locals_[var].name));
  return names_[var];
}

std::string ExprWriter::operand(ir::ExprId id, Prec at_least) {
  Code result = code(id);
  return result.prec < at_least ? '(' + result.text + ')' : result.text;
}

std::string ExprWriter::exact(ir::ExprId id) {
  const ir::Expr& e = u_.m.exprs[id];
  if (e.op == Op::kConst) return u_.constant(e.type, e.value, true);
  return text(id);
}

std::string ExprWriter::loose(ir::ExprId id, bool to_lazy) {
  const ir::Expr& e = u_.m.exprs[id];
  if (!to_lazy && e.op == Op::kSome && !is_lazy(id) && !is_cursor(e.args[0]))
    return text(e.args[0]);
  return text(id);
}

/// An argument of a function template of value.h: no cursor, and of the exact type.
std::string ExprWriter::helper_arg(ir::ExprId id) {
  if (is_cursor(id)) return "std::uint64_t{" + text(id) + "}";
  return exact(id);
}

std::string ExprWriter::arguments(const ir::Expr& e, const std::vector<bool>& to_lazy) {
  std::string result;
  for (std::size_t i = 0; i < e.args.size(); ++i) {
    if (!result.empty()) result += ", ";
    result += loose(e.args[i], to_lazy[i]);
  }
  return result;
}

/// A result that may exceed its type: C++ computes narrow numbers as int, and odd widths by hand.
ExprWriter::Code ExprWriter::fit(const ir::Type& type, Code inner, bool promoted) {
  if (!is_native(type)) {
    const std::string width = std::to_string(type.width);
    const std::string wrapped =
        (type.is_signed ? "wrap_signed<" : "wrap<") + width + ">(" + inner.text + ")";
    if (stored_width(type) == 64) return {wrapped, Prec::kPrimary};
    return {"static_cast<" + u_.type(type) + ">(" + wrapped + ")", Prec::kPrimary};
  }
  if (promoted && type.width < 32)
    return {"static_cast<" + u_.type(type) + ">(" + inner.text + ")", Prec::kPrimary};
  return inner;
}

ExprWriter::Code ExprWriter::binary(const ir::Expr& e, std::string_view op, Prec prec) {
  const auto next = static_cast<Prec>(static_cast<int>(prec) + 1);
  // Two literals would be computed as int.
  const bool both =
      u_.m.exprs[e.args[0]].op == Op::kConst && u_.m.exprs[e.args[1]].op == Op::kConst;
  const bool strict = prec >= Prec::kBitOr && prec <= Prec::kBitAnd;
  const std::string left =
      both ? exact(e.args[0]) : operand(e.args[0], strict ? Prec::kUnary : prec);
  const std::string right = operand(e.args[1], strict ? Prec::kUnary : next);
  return {left + ' ' + std::string(op) + ' ' + right, prec};
}

ExprWriter::Code ExprWriter::logic(const ir::Expr& e, std::string_view op, Prec prec) {
  // Compilers ask for parentheses around && inside ||.
  const auto side = [&](ir::ExprId id) {
    Code inner = code(id);
    const bool plain = inner.prec == prec || inner.prec > Prec::kAnd;
    return plain ? inner.text : '(' + inner.text + ')';
  };
  const std::string left = side(e.args[0]);
  return {left + ' ' + std::string(op) + ' ' + side(e.args[1]), prec};
}

ExprWriter::Code ExprWriter::equal(const ir::Expr& e, std::string_view op) {
  const auto side = [&](ir::ExprId id, ir::ExprId other) {
    const ir::Expr& one = u_.m.exprs[id];
    const bool bare = one.op == Op::kSome && u_.m.exprs[other].op != Op::kSome &&
                      u_.m.exprs[other].op != Op::kNone && !is_cursor(one.args[0]);
    return operand(bare ? one.args[0] : id, Prec::kRelation);
  };
  return {side(e.args[0], e.args[1]) + ' ' + std::string(op) + ' ' + side(e.args[1], e.args[0]),
          Prec::kEquality};
}

ExprWriter::Code ExprWriter::negation(const ir::Expr& e) {
  const ir::Expr& inner = u_.m.exprs[e.args[0]];
  switch (inner.op) {
    case Op::kEq: return equal(inner, "!=");
    case Op::kLt: return binary(inner, ">=", Prec::kRelation);
    case Op::kLe: return binary(inner, ">", Prec::kRelation);
    case Op::kNot: return code(inner.args[0]);
    default: return {'!' + operand(e.args[0], Prec::kUnary), Prec::kUnary};
  }
}

ExprWriter::Code ExprWriter::shift(const ir::Expr& e) {
  const bool left = e.op == Op::kShl;
  const ir::Expr& by = u_.m.exprs[e.args[1]];
  const bool direct = by.op == Op::kConst && by.value < stored_width(e.type) && !e.type.is_signed &&
                      stored_width(e.type) >= 32 && !is_cursor(e.args[0]);
  Code result;
  if (direct) {
    const bool constant = u_.m.exprs[e.args[0]].op == Op::kConst;
    result = {(constant ? exact(e.args[0]) : operand(e.args[0], Prec::kProduct)) +
                  (left ? " << " : " >> ") + std::to_string(by.value),
              Prec::kShift};
  } else {
    const std::string value =
        is_cursor(e.args[0]) && is_cursor(e.args[1]) ? helper_arg(e.args[0]) : exact(e.args[0]);
    const std::string amount = is_cursor(e.args[1]) ? helper_arg(e.args[1]) : text(e.args[1]);
    result = {(left ? "shl(" : "shr(") + value + ", " +
                  (e.type.is_signed ? "static_cast<std::uint64_t>(" + amount + ")" : amount) + ')',
              Prec::kPrimary};
  }
  return left ? fit(e.type, result, false) : result;
}

ExprWriter::Code ExprWriter::arithmetic(const ir::Expr& e) {
  const bool plain = !e.type.is_signed && stored_width(e.type) >= 32;
  const auto call = [&](const char* name) {
    return Code{name + ('(' + helper_arg(e.args[0])) + ", " + helper_arg(e.args[1]) + ')',
                Prec::kPrimary};
  };
  switch (e.op) {
    case Op::kAdd: return fit(e.type, plain ? binary(e, "+", Prec::kSum) : call("add"), false);
    case Op::kSub: return fit(e.type, plain ? binary(e, "-", Prec::kSum) : call("sub"), false);
    case Op::kMul: return fit(e.type, plain ? binary(e, "*", Prec::kProduct) : call("mul"), false);
    case Op::kDiv:
    case Op::kRem: {
      const ir::Expr& by = u_.m.exprs[e.args[1]];
      const bool safe = plain && by.op == Op::kConst && by.value != 0;
      const bool div = e.op == Op::kDiv;
      if (safe) return binary(e, div ? "/" : "%", Prec::kProduct);
      return fit(e.type, call(div ? "div" : "rem"), false);
    }
    case Op::kBitAnd:
    case Op::kBitOr:
    case Op::kBitXor: {
      Code result = e.op == Op::kBitAnd  ? binary(e, "&", Prec::kBitAnd)
                    : e.op == Op::kBitOr ? binary(e, "|", Prec::kBitOr)
                                         : binary(e, "^", Prec::kBitXor);
      if (stored_width(e.type) < 32)
        result = {"static_cast<" + u_.type(e.type) + ">(" + result.text + ")", Prec::kPrimary};
      return result;
    }
    case Op::kNeg:
      return fit(e.type, {"neg(" + helper_arg(e.args[0]) + ')', Prec::kPrimary}, false);
    case Op::kBitNot:
      return fit(e.type,
                 {'~' + (u_.m.exprs[e.args[0]].op == Op::kConst ? exact(e.args[0])
                                                                : operand(e.args[0], Prec::kUnary)),
                  Prec::kUnary},
                 true);
    default: return shift(e);
  }
}

ExprWriter::Code ExprWriter::cast(const ir::Expr& e) {
  const ir::Expr& from = u_.m.exprs[e.args[0]];
  const bool number = ir::is_number(from.type);
  const std::string target = u_.type(e.type);
  if (!number) return {"static_cast<" + target + ">(" + text(e.args[0]) + ")", Prec::kPrimary};
  const bool same_store =
      stored_width(from.type) == stored_width(e.type) && from.type.is_signed == e.type.is_signed;
  const bool fits = e.type.width >= from.type.width && e.type.is_signed == from.type.is_signed;
  if (from.op == Op::kConst) return {exact(e.args[0]), Prec::kPrimary};
  if (fits && same_store) return code(e.args[0]);
  // Signed numbers are kept sign-extended: cut first where the stored type is wider than the value.
  Code inner = same_store
                   ? code(e.args[0])
                   : Code{"static_cast<" + target + ">(" + text(e.args[0]) + ")", Prec::kPrimary};
  return fits ? inner : fit(e.type, inner, false);
}

std::string ExprWriter::range(const ir::Binder& binder) {
  if (binder.lo == kNoId) return "whole(" + std::to_string(binder.type.width) + ")";
  return "stretch(" + text(binder.lo) + ", " + text(binder.hi) + ")";
}

std::string ExprWriter::values(const ir::Type& type) const {
  if (type.kind == TypeKind::kHandle) return "s.all<" + u_.type(type) + ">()";
  if (type.kind == TypeKind::kBool) return "kBools";
  if (type.kind == TypeKind::kEnum) return "kAll" + u_.enums[type.decl];
  return {};
}

ExprWriter::Code ExprWriter::quantifier(const ir::Expr& e, std::size_t from) {
  const std::vector<ir::Binder>& binders = u_.m.binder_lists[e.binders];
  if (from == binders.size()) return code(e.args[0]);
  const ir::Binder& binder = binders[from];
  const std::string function = e.op == Op::kForall ? "all" : e.op == Op::kExists ? "some" : "first";
  const bool stretches = runs_by_stretches(binder.type);
  const bool number = ir::is_number(binder.type);
  std::string values = number ? range(binder) : this->values(binder.type);
  if (number && !stretches) {  // one by one
    const std::string type = u_.type(binder.type);
    values = binder.lo == kNoId
                 ? "each_value<" + type + ">(" + std::to_string(binder.type.width) + ")"
                 : "each_value<" + type + ">(" + exact(binder.lo) + ", " + exact(binder.hi) + ")";
  }
  const Scope::Mark mark = scope_.mark();
  const std::string variable = name(binder.var);
  const std::string body = quantifier(e, from + 1).text;
  scope_.back_to(mark);
  names_[binder.var].clear();
  const std::string type = stretches ? "Cursor" : u_.type(binder.type);
  const bool used = mentions(body, variable);
  return {function + '(' + values + ", [&](" + type + (used ? ' ' + variable : "") + ") { return " +
              body + "; })",
          Prec::kPrimary};
}

/// An operation on values that may be unknown: unknown as soon as one of them is.
ExprWriter::Code ExprWriter::lazy(ir::ExprId id) {
  const ir::Expr& e = u_.m.exprs[id];
  const std::string type = u_.type(e.type, true);
  if (e.op == Op::kIte) {
    return {operand(e.args[0], Prec::kOr) + " ? " + type + '(' + loose(e.args[1]) + ") : " + type +
                '(' + loose(e.args[2]) + ')',
            Prec::kConditional};
  }
  std::string params, args;
  ir::Expr plain = e;
  // The lazy operands become the parameters of a function of known values: fake locals stand for
  // them while its body is written.
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < e.args.size(); ++i) {
    const std::string parameter = std::string(1, static_cast<char>('a' + i));
    if (is_lazy(e.args[i])) {
      params +=
          (params.empty() ? "" : ", ") + u_.type(u_.m.exprs[e.args[i]].type) + ' ' + parameter;
      args += ", " + text(e.args[i]);
      bodies.push_back(parameter);
    } else {
      bodies.push_back(exact(e.args[i]));
    }
  }
  std::string body;
  const auto infix = [&](const char* op) { return bodies[0] + ' ' + op + ' ' + bodies[1]; };
  const auto call = [&](const char* op) { return op + ('(' + bodies[0]) + ", " + bodies[1] + ')'; };
  switch (e.op) {
    case Op::kSome: body = u_.type(e.type) + '(' + bodies[0] + ')'; break;
    case Op::kIsSome: body = bodies[0] + ".has_value()"; break;
    case Op::kUnwrap: body = bodies[0] + ".value()"; break;
    case Op::kNot: body = '!' + bodies[0]; break;
    case Op::kAnd: body = infix("&&"); break;
    case Op::kOr: body = infix("||"); break;
    case Op::kImplies: body = '!' + bodies[0] + " || " + bodies[1]; break;
    case Op::kEq: body = infix("=="); break;
    case Op::kLt: body = infix("<"); break;
    case Op::kLe: body = infix("<="); break;
    case Op::kAdd: body = call("add"); break;
    case Op::kSub: body = call("sub"); break;
    case Op::kMul: body = call("mul"); break;
    case Op::kDiv: body = call("div"); break;
    case Op::kRem: body = call("rem"); break;
    case Op::kShl: body = call("shl"); break;
    case Op::kShr: body = call("shr"); break;
    case Op::kBitAnd: body = infix("&"); break;
    case Op::kBitOr: body = infix("|"); break;
    case Op::kBitXor: body = infix("^"); break;
    case Op::kBitNot: body = '~' + bodies[0]; break;
    case Op::kNeg: body = "neg(" + bodies[0] + ')'; break;
    default: body = bodies[0]; break;  // a conversion
  }
  if (ir::is_number(e.type)) {
    body =
        fit(e.type, {"static_cast<" + u_.type(e.type) + ">(" + body + ")", Prec::kPrimary}, false)
            .text;
  }
  // What is computed from an unknown value tells nothing about where that value is kept.
  const char* function = e.op == Op::kSome ? "lift(" : "computed(s, ";
  return {function + ("[&](" + params) + ") { return " + body + "; }" + args + ")", Prec::kPrimary};
}

ExprWriter::Code ExprWriter::code(ir::ExprId id) {
  const ir::Expr& e = u_.m.exprs[id];
  const bool carries = e.op == Op::kVar || e.op == Op::kState || e.op == Op::kCall;
  if (!carries && is_lazy(id)) return lazy(id);
  switch (e.op) {
    case Op::kConst:
      return {u_.constant(e.type, e.value, false),
              e.type.is_signed && ir::sign_extend(e.value, e.type.width) < 0 ? Prec::kUnary
                                                                             : Prec::kPrimary};
    case Op::kNone: return {u_.type(e.type) + "{}", Prec::kPrimary};
    case Op::kVar: return {name(e.ref), Prec::kPrimary};
    case Op::kParam: return {"s.params." + u_.params[e.ref], Prec::kPrimary};
    case Op::kState:
      return {"s." + u_.states[e.ref] + '(' + arguments(e, std::vector<bool>(e.args.size())) + ')',
              Prec::kPrimary};
    case Op::kCall: {
      std::vector<bool> to_lazy;
      for (const ir::VarId param : u_.m.fns[e.ref].params)
        to_lazy.push_back(u_.facts.fns[e.ref].lazy[param]);
      const std::string args = arguments(e, to_lazy);
      return {u_.fns[e.ref] + "(s" + (args.empty() ? "" : ", " + args) + ')', Prec::kPrimary};
    }
    case Op::kLive: return {"s.is_live(" + text(e.args[0]) + ')', Prec::kPrimary};
    case Op::kSelf:  // of the stepwise reading
    case Op::kResult:
    case Op::kExit: return {"false", Prec::kPrimary};  // properties only, which are not emitted
    case Op::kNot: return negation(e);
    case Op::kAnd: return logic(e, "&&", Prec::kAnd);
    case Op::kOr: return logic(e, "||", Prec::kOr);
    case Op::kImplies: {
      Code right = code(e.args[1]);
      const bool plain = right.prec == Prec::kOr || right.prec > Prec::kAnd;
      const ir::Expr& left = u_.m.exprs[e.args[0]];
      std::string no = left.op == Op::kEq    ? equal(left, "!=").text
                       : left.op == Op::kNot ? operand(left.args[0], Prec::kBitOr)
                                             : '!' + operand(e.args[0], Prec::kUnary);
      return {no + " || " + (plain ? right.text : '(' + right.text + ')'), Prec::kOr};
    }
    case Op::kIte: {
      const std::string cond = operand(e.args[0], Prec::kOr);
      return {cond + " ? " +
                  (u_.m.exprs[e.args[1]].op == Op::kConst ? exact(e.args[1])
                                                          : operand(e.args[1], Prec::kOr)) +
                  " : " +
                  (u_.m.exprs[e.args[2]].op == Op::kConst ? exact(e.args[2])
                                                          : operand(e.args[2], Prec::kConditional)),
              Prec::kConditional};
    }
    case Op::kEq: return equal(e, "==");
    case Op::kLt: return binary(e, "<", Prec::kRelation);
    case Op::kLe: return binary(e, "<=", Prec::kRelation);
    case Op::kCast: return cast(e);
    case Op::kSome: return {u_.type(e.type) + '(' + text(e.args[0]) + ')', Prec::kPrimary};
    case Op::kIsSome: return {operand(e.args[0], Prec::kPrimary) + ".has_value()", Prec::kPrimary};
    case Op::kUnwrap: {
      const std::string inner = operand(e.args[0], Prec::kPrimary);
      const bool no_zero = e.type.kind == TypeKind::kEnum && ir::zero_bits(u_.m, e.type) != 0;
      if (!no_zero) return {inner + ".value()", Prec::kPrimary};
      return {inner + ".value_or(" + u_.constant(e.type, ir::zero_bits(u_.m, e.type), true) + ")",
              Prec::kPrimary};
    }
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: return quantifier(e, 0);
    default: return arithmetic(e);
  }
}

}  // namespace gms::gen::cpp
