#include "checker/prove/z3_terms.h"

#include <string>

#include "ir/type.h"

namespace gms::check {

using ir::smt::Sort;
using ir::smt::SortKind;
using ir::smt::Term;
using ir::smt::TermId;
using ir::smt::TermOp;

namespace {

/// In bits, handles are numbers that are only compared: with more of them than a query has terms,
/// the query stays inside the theory that is decided as bits.
constexpr unsigned kHandleBits = 20;

/// 2^k - 1 for a k >= 1
bool is_low_mask(std::uint64_t v) {
  return v != 0 && (v & (v + 1)) == 0;
}
unsigned bit_count(std::uint64_t low_mask) {
  unsigned n = 0;
  for (; low_mask != 0; low_mask >>= 1)
    ++n;
  return n;
}

}  // namespace

bool Z3Terms::is_opaque(const Term& t) const {
  const bool first = t.args.size() == 2 && is_constant(t.args[0]);
  const bool second = t.args.size() == 2 && is_constant(t.args[1]);
  switch (t.op) {
    case TermOp::kAdd:
    case TermOp::kSub:
    case TermOp::kNeg: return arithmetic_ == Arithmetic::kOpaque;
    case TermOp::kMul:
      return arithmetic_ == Arithmetic::kOpaque ||
             (arithmetic_ == Arithmetic::kIntegers && !first && !second);
    case TermOp::kUdiv:
    case TermOp::kUrem:
      return arithmetic_ == Arithmetic::kOpaque ||
             (arithmetic_ == Arithmetic::kIntegers && (!second || terms_[t.args[1]].bits == 0));
    case TermOp::kSdiv:
    case TermOp::kSrem: return arithmetic_ != Arithmetic::kBits;
    case TermOp::kShl:
    case TermOp::kLshr:
      return arithmetic_ == Arithmetic::kIntegers &&
             (!second || terms_[t.args[1]].bits >= t.sort.width);
    case TermOp::kBvAnd: {
      if (arithmetic_ != Arithmetic::kIntegers) return false;
      if (!first && !second) return true;
      const std::uint64_t m = terms_[t.args[first ? 0 : 1]].bits;
      return !is_low_mask(m) && !is_low_mask(~m & ir::mask_of(t.sort.width));
    }
    case TermOp::kBvOr:
    case TermOp::kBvXor:
    case TermOp::kAshr: return arithmetic_ == Arithmetic::kIntegers;
    default: return false;
  }
}

z3::sort Z3Terms::sort(const Sort& s) {
  switch (s.kind) {
    case SortKind::kBool: return ctx_.bool_sort();
    case SortKind::kBitVec:
      return arithmetic_ == Arithmetic::kIntegers ? ctx_.int_sort() : ctx_.bv_sort(s.width);
    case SortKind::kHandle: break;
  }
  if (arithmetic_ == Arithmetic::kBits) return ctx_.bv_sort(kHandleBits);
  return ctx_.uninterpreted_sort(("handle" + std::to_string(s.domain)).c_str());
}

z3::func_decl Z3Terms::function(ir::smt::SymbolId id) {
  const auto it = functions_.find(id);
  if (it != functions_.end()) return it->second;
  const ir::smt::Symbol& s = terms_.symbol(id);
  z3::sort_vector params(ctx_);
  for (const Sort& p : s.params)
    params.push_back(sort(p));
  const z3::func_decl f = ctx_.function(ctx_.str_symbol(s.name.c_str()), params, sort(s.result));
  return functions_.emplace(id, f).first->second;
}

z3::func_decl Z3Terms::function_for(const Term& t) {
  z3::sort_vector params(ctx_);
  for (const TermId a : t.args)
    params.push_back(sort(terms_[a].sort));
  const std::string name =
      "op" + std::to_string(static_cast<int>(t.op)) + "." + std::to_string(t.sort.width);
  return ctx_.function(ctx_.str_symbol(name.c_str()), params, sort(t.sort));
}

z3::expr Z3Terms::constant(const Sort& s, std::uint64_t value) {
  if (s.kind == SortKind::kBool) return ctx_.bool_val(value != 0);
  if (arithmetic_ == Arithmetic::kIntegers) return ctx_.int_val(value);
  return ctx_.bv_val(value, s.width);
}

z3::expr Z3Terms::known_handle(const Term& t) {
  if (arithmetic_ == Arithmetic::kBits) return ctx_.bv_val(t.bits, kHandleBits);
  const std::string name = "known" + std::to_string(t.sort.domain) + "#" + std::to_string(t.bits);
  z3::expr mine = ctx_.constant(name.c_str(), sort(t.sort));
  std::vector<z3::expr>& others = known_[t.sort.domain];
  for (const z3::expr& other : others)
    side_.push_back(mine != other);
  others.push_back(mine);
  return mine;
}

z3::expr Z3Terms::two_to(unsigned exponent) {
  return exponent < 64 ? ctx_.int_val(std::uint64_t{1} << exponent)
                       : ctx_.int_val("18446744073709551616");
}

z3::expr Z3Terms::expr(TermId id) {
  const auto it = memo_.find(id);
  if (it != memo_.end()) return it->second;
  const z3::expr e = make(id);
  memo_.emplace(id, e);
  return e;
}

z3::expr Z3Terms::apply(const z3::func_decl& function, const Term& t) {
  z3::expr_vector args(ctx_);
  for (const TermId i : t.args)
    args.push_back(expr(i));
  const z3::expr out = function(args);
  if (arithmetic_ == Arithmetic::kIntegers && t.sort.kind == SortKind::kBitVec) {
    side_.push_back(out >= 0);
    side_.push_back(out < two_to(t.sort.width));
  }
  return out;
}

z3::expr Z3Terms::make(TermId id) {
  const Term& t = terms_[id];
  const auto a = [&](std::size_t i) { return expr(t.args[i]); };
  if (is_opaque(t)) return apply(function_for(t), t);
  switch (t.op) {
    case TermOp::kTrue: return ctx_.bool_val(true);
    case TermOp::kFalse: return ctx_.bool_val(false);
    case TermOp::kBits:
      return t.sort.kind == SortKind::kHandle ? known_handle(t) : constant(t.sort, t.bits);
    case TermOp::kApply: return apply(function(t.symbol), t);
    case TermOp::kNot: return !a(0);
    case TermOp::kAnd:
    case TermOp::kOr: {
      z3::expr_vector args(ctx_);
      for (const TermId i : t.args)
        args.push_back(expr(i));
      return t.op == TermOp::kAnd ? z3::mk_and(args) : z3::mk_or(args);
    }
    case TermOp::kIte: return z3::ite(a(0), a(1), a(2));
    case TermOp::kEq: return a(0) == a(1);
    default: return arithmetic_ == Arithmetic::kIntegers ? make_integer(id) : make_bits(t);
  }
}

z3::expr Z3Terms::make_bits(const Term& t) {
  const auto a = [&](std::size_t i) { return expr(t.args[i]); };
  switch (t.op) {
    case TermOp::kUlt: return z3::ult(a(0), a(1));
    case TermOp::kUle: return z3::ule(a(0), a(1));
    case TermOp::kSlt: return z3::slt(a(0), a(1));
    case TermOp::kSle: return z3::sle(a(0), a(1));
    case TermOp::kAdd: return a(0) + a(1);
    case TermOp::kSub: return a(0) - a(1);
    case TermOp::kMul: return a(0) * a(1);
    case TermOp::kUdiv: return z3::udiv(a(0), a(1));
    case TermOp::kSdiv: return a(0) / a(1);
    case TermOp::kUrem: return z3::urem(a(0), a(1));
    case TermOp::kSrem: return z3::srem(a(0), a(1));
    case TermOp::kBvAnd: return a(0) & a(1);
    case TermOp::kBvOr: return a(0) | a(1);
    case TermOp::kBvXor: return a(0) ^ a(1);
    case TermOp::kShl: return z3::shl(a(0), a(1));
    case TermOp::kLshr: return z3::lshr(a(0), a(1));
    case TermOp::kAshr: return z3::ashr(a(0), a(1));
    case TermOp::kNeg: return -a(0);
    case TermOp::kBvNot: return ~a(0);
    case TermOp::kTruncate: return a(0).extract(t.sort.width - 1U, 0);
    case TermOp::kZeroExtend: return z3::zext(a(0), t.sort.width - terms_[t.args[0]].sort.width);
    case TermOp::kSignExtend: return z3::sext(a(0), t.sort.width - terms_[t.args[0]].sort.width);
    default: return ctx_.bool_val(false);  // make() has the others
  }
}

std::pair<z3::expr, z3::expr> Z3Terms::divide(const z3::expr& value, const z3::expr& divisor) {
  const auto key = std::pair{Z3_get_ast_id(ctx_, value), Z3_get_ast_id(ctx_, divisor)};
  const auto it = divided_.find(key);
  if (it != divided_.end()) return it->second;
  const std::string n = std::to_string(divided_.size());
  const std::pair out{ctx_.int_const(("quotient" + n).c_str()),
                      ctx_.int_const(("remainder" + n).c_str())};
  side_.push_back(value == out.first * divisor + out.second);
  side_.push_back(out.second >= 0);
  side_.push_back(out.second < divisor);
  divided_.emplace(key, out);
  return out;
}

z3::expr Z3Terms::as_signed(TermId id) {
  const z3::expr e = expr(id);
  const unsigned width = terms_[id].sort.width;
  return z3::ite(e >= two_to(width - 1), e - two_to(width), e);
}

/// a & m where m has its low bits only, or all but its low bits
z3::expr Z3Terms::mask(TermId id) {
  const Term& t = terms_[id];
  const bool first = is_constant(t.args[0]);
  const z3::expr a = expr(t.args[first ? 1 : 0]);
  const std::uint64_t m = terms_[t.args[first ? 0 : 1]].bits;
  if (is_low_mask(m)) return divide(a, two_to(bit_count(m))).second;
  return a - divide(a, two_to(bit_count(~m & ir::mask_of(t.sort.width)))).second;
}

z3::expr Z3Terms::make_integer(TermId id) {
  const Term& t = terms_[id];
  const auto a = [&](std::size_t i) { return expr(t.args[i]); };
  const auto limit = [&] { return two_to(t.sort.width); };
  switch (t.op) {
    case TermOp::kUlt: return a(0) < a(1);
    case TermOp::kUle: return a(0) <= a(1);
    case TermOp::kSlt: return as_signed(t.args[0]) < as_signed(t.args[1]);
    case TermOp::kSle: return as_signed(t.args[0]) <= as_signed(t.args[1]);
    case TermOp::kAdd: {
      const z3::expr sum = a(0) + a(1);
      return z3::ite(sum >= limit(), sum - limit(), sum);
    }
    case TermOp::kSub: return z3::ite(a(0) < a(1), a(0) - a(1) + limit(), a(0) - a(1));
    case TermOp::kMul: return divide(a(0) * a(1), limit()).second;
    case TermOp::kUdiv: return divide(a(0), a(1)).first;
    case TermOp::kUrem: return divide(a(0), a(1)).second;
    case TermOp::kBvAnd: return mask(id);
    case TermOp::kShl:
      return divide(a(0) * two_to(static_cast<unsigned>(terms_[t.args[1]].bits)), limit()).second;
    case TermOp::kLshr:
      return divide(a(0), two_to(static_cast<unsigned>(terms_[t.args[1]].bits))).first;
    case TermOp::kNeg: return z3::ite(a(0) == 0, a(0), limit() - a(0));
    case TermOp::kBvNot: return limit() - 1 - a(0);
    case TermOp::kTruncate: return divide(a(0), limit()).second;
    case TermOp::kZeroExtend: return a(0);
    case TermOp::kSignExtend: {
      const unsigned from = terms_[t.args[0]].sort.width;
      return z3::ite(a(0) >= two_to(from - 1), a(0) + limit() - two_to(from), a(0));
    }
    default: return ctx_.bool_val(false);  // opaque, or make() has it
  }
}

}  // namespace gms::check
