#include "gen/backend/explore/expr.h"

#include "ir/type.h"

namespace gms::gen::explore {
namespace {

using ir::kNoId;
using ir::Op;
using ir::TypeKind;

// Quantifiers over all values of an integer type of at most so many bits.
constexpr unsigned kMostWidth = 16;

std::string mask(unsigned width) {
  return "ones(" + std::to_string(width) + ")";
}

}  // namespace

const std::string& ExprWriter::name(ir::VarId var) {
  if (names_[var].empty()) names_[var] = scope_.add(cpp::to_snake(locals_[var].name));
  return names_[var];
}

std::string ExprWriter::args(const ir::Expr& e) {
  std::string out;
  for (const ir::ExprId arg : e.args)
    out += ", " + text(arg);
  return out;
}

std::string ExprWriter::binary(const ir::Expr& e, const char* op, bool wraps) {
  std::string out = '(' + text(e.args[0]) + ' ' + op + ' ' + text(e.args[1]) + ')';
  if (wraps && e.type.width < 64) out = '(' + out + " & " + mask(e.type.width) + ')';
  return out;
}

std::string ExprWriter::helper(const ir::Expr& e, const char* function, bool with_sign) {
  std::string out = std::string(function) + '<' + std::to_string(e.type.width);
  if (with_sign) out += e.type.is_signed ? ", true" : ", false";
  return out + ">(" + text(e.args[0]) + ", " + text(e.args[1]) + ')';
}

std::string ExprWriter::cast(const ir::Expr& e) {
  const ir::Type& from = u_.m.exprs[e.args[0]].type;
  std::string inner = text(e.args[0]);
  if (from.kind == TypeKind::kBool) return "u64{" + inner + '}';
  if (from.kind == TypeKind::kEnum) inner = u_.enums[from.decl] + '[' + inner + ']';
  const bool cut = e.type.width < from.width;
  if (from.is_signed && e.type.width > from.width)
    return "(static_cast<u64>(sx<" + std::to_string(from.width) + ">(" + inner + ")) & " +
           mask(e.type.width) + ')';
  return cut ? '(' + inner + " & " + mask(e.type.width) + ')' : inner;
}

std::string ExprWriter::loop(const ir::Binder& binder) {
  const std::string v = name(binder.var);
  const auto from_to = [&](const std::string& lo, const std::string& hi) {
    return "for (u64 " + v + " = " + lo + "; " + v + " < " + hi + "; ++" + v + ") ";
  };
  const ir::Type& type = binder.type;
  switch (type.kind) {
    case TypeKind::kBool: return from_to("0", "2");
    case TypeKind::kEnum: return from_to("0", std::to_string(u_.m.enums[type.decl].members.size()));
    case TypeKind::kHandle: {
      const std::string all = "for (u64 " + v + " = 1; " + v +
                              " <= " + std::to_string(u_.b.handles[type.decl]) + "; ++" + v + ") ";
      const Pool& pool = u_.layout.pools[type.decl];
      if (!pool.created && !pool.destroyed && u_.b.at_start[type.decl] == u_.b.handles[type.decl])
        return all;
      return all + "if (live_" + u_.domains[type.decl] + '(' + state + ", " + v + ")) ";
    }
    case TypeKind::kIndex:
    case TypeKind::kInt: break;
  }
  const bool index = type.kind == TypeKind::kIndex;
  const std::uint64_t bound = index ? u_.b.sorts[type.decl] : u_.b.int_keys;
  if (binder.lo == kNoId) {
    if (index) return from_to("0", std::to_string(bound));
    if (type.width <= kMostWidth) return from_to("0", std::to_string(1u << type.width));
    u_.problems.push_back("a quantifier over all values of " + ir::type_text(u_.m, type));
    return from_to("0", "0");
  }
  if (type.is_signed) u_.problems.push_back("a range of signed numbers");
  const std::string what = index ? u_.m.index_sorts[type.decl].name : ir::type_text(u_.m, type);
  const std::string reason =
      std::to_string(u_.reason("a range of " + what + " that goes far beyond the bound"));
  const std::string lo = text(binder.lo), hi = text(binder.hi);
  // Constant ends within the bounds need no limit; the compiler sees that.
  return "for (u64 " + v + " = " + lo + ", " + v + "_end = cx.limit(" + v + ", " + hi + ", " +
         std::to_string(bound) + ", " + reason + "); " + v + " < " + v + "_end; ++" + v + ") ";
}

std::string ExprWriter::quantifier(const ir::Expr& e) {
  const cpp::Scope::Mark mark = scope_.mark();
  std::string loops;
  const std::vector<ir::Binder>& binders = u_.m.binder_lists[e.binders];
  for (const ir::Binder& binder : binders) {
    names_[binder.var].clear();
    loops += loop(binder);
  }
  const std::string body = text(e.args[0]);
  std::string out;
  if (e.op == Op::kForall) {
    out = "[&] { " + loops + "if (!" + body + ") return false; return true; }()";
  } else if (e.op == Op::kExists) {
    out = "[&] { " + loops + "if (" + body + ") return true; return false; }()";
  } else {
    out = "[&] { " + loops + "if (" + body + ") return some(" + name(binders[0].var) +
          "); return Opt{}; }()";
  }
  scope_.back_to(mark);
  for (const ir::Binder& binder : binders)
    names_[binder.var].clear();
  return out;
}

std::string ExprWriter::text(ir::ExprId id) {
  const ir::Expr& e = u_.m.exprs[id];
  const auto arg = [&](std::size_t i) { return text(e.args[i]); };
  const std::string& where = e.value == 1 ? primed : state;
  switch (e.op) {
    case Op::kConst: return u_.none_or(e.type, e.value);
    case Op::kNone: return "Opt{}";
    case Op::kVar: return name(e.ref);
    case Op::kParam: return u_.constant(e.type, u_.b.params[e.ref]);
    case Op::kState:
      if (!u_.layout.fields[e.ref].kept) return u_.initial(u_.m.states[e.ref]);
      return "get_" + u_.states[e.ref] + '(' + where + args(e) +
             (u_.layout.fields[e.ref].whole ? ", cx)" : ")");
    case Op::kCall: return u_.fns[e.ref] + '(' + state + args(e) + ", cx)";
    case Op::kLive: return "live_" + u_.domains[e.ref] + '(' + where + ", " + arg(0) + ')';
    case Op::kSelf: break;  // of the stepwise reading
    case Op::kResult: return "result";
    case Op::kExit: return "(clause == " + std::to_string(e.ref) + ')';
    case Op::kNot: return "(!" + arg(0) + ')';
    case Op::kAnd: return binary(e, "&&", false);
    case Op::kOr: return binary(e, "||", false);
    case Op::kImplies: return "(!" + arg(0) + " || " + arg(1) + ')';
    case Op::kIte: return '(' + arg(0) + " ? " + arg(1) + " : " + arg(2) + ')';
    case Op::kEq: return binary(e, "==", false);
    case Op::kLt:
    case Op::kLe: {
      const char* op = e.op == Op::kLt ? " < " : " <= ";
      const ir::Type& type = u_.m.exprs[e.args[0]].type;
      if (!type.is_signed) return '(' + arg(0) + op + arg(1) + ')';
      const std::string sx = "sx<" + std::to_string(type.width) + ">(";
      return '(' + sx + arg(0) + ')' + op + sx + arg(1) + "))";
    }
    case Op::kAdd: return binary(e, "+", true);
    case Op::kSub: return binary(e, "-", true);
    case Op::kMul: return binary(e, "*", true);
    case Op::kDiv: return helper(e, "div", true);
    case Op::kRem: return helper(e, "rem", true);
    case Op::kBitAnd: return binary(e, "&", false);
    case Op::kBitOr: return binary(e, "|", false);
    case Op::kBitXor: return binary(e, "^", false);
    case Op::kShl: return helper(e, "shl", false);
    case Op::kShr: return helper(e, "shr", true);
    case Op::kNeg: return "((0 - " + arg(0) + ") & " + mask(e.type.width) + ')';
    case Op::kBitNot: return "(~" + arg(0) + " & " + mask(e.type.width) + ')';
    case Op::kCast: return cast(e);
    case Op::kSome: return "some(" + arg(0) + ')';
    case Op::kIsSome: return arg(0) + ".has";
    case Op::kUnwrap: {
      const std::string zero = u_.zero(e.type);
      const bool plain = zero == "u64{0}" || zero == "false";
      return "unwrap(" + arg(0) + (plain ? "" : ", " + zero) + ')';
    }
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst: return quantifier(e);
  }
  return {};
}

}  // namespace gms::gen::explore
