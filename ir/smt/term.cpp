#include "ir/smt/term.h"

#include <algorithm>
#include <bit>

namespace gms::ir::smt {
namespace {

std::uint64_t mask(std::uint8_t width) {
  return width >= 64 ? ~0ULL : (1ULL << width) - 1;
}

std::int64_t as_signed(std::uint64_t value, std::uint8_t width) {
  const unsigned unused = 64U - width;
  return static_cast<std::int64_t>(value << unused) >> unused;
}

std::uint64_t hash_of(const Term& t) {
  std::uint64_t h = static_cast<std::uint64_t>(t.op) * 0x9e3779b97f4a7c15ULL;
  const auto mix = [&h](std::uint64_t v) {
    h = (h ^ v) * 0xff51afd7ed558ccdULL;
    h ^= h >> 32;
  };
  mix((static_cast<std::uint64_t>(t.sort.kind) << 40) |
      (static_cast<std::uint64_t>(t.sort.width) << 32) | t.sort.domain);
  mix(t.bits);
  mix(t.symbol);
  for (const TermId a : t.args)
    mix(a);
  return h;
}

bool same(const Term& a, const Term& b) {
  return a.op == b.op && a.sort == b.sort && a.bits == b.bits && a.symbol == b.symbol &&
         a.args == b.args;
}

bool commutes(TermOp op) {
  return op == TermOp::kAdd || op == TermOp::kMul || op == TermOp::kBvAnd || op == TermOp::kBvOr ||
         op == TermOp::kBvXor;
}

bool compares(TermOp op) {
  return op == TermOp::kUlt || op == TermOp::kUle || op == TermOp::kSlt || op == TermOp::kSle;
}

/// The value of an operation on constants, as SMT-LIB defines it. Comparisons give 0 or 1.
std::uint64_t fold(TermOp op, std::uint64_t a, std::uint64_t b, std::uint8_t width) {
  const std::int64_t sa = as_signed(a, width), sb = as_signed(b, width);
  switch (op) {
    case TermOp::kUlt: return a < b;
    case TermOp::kUle: return a <= b;
    case TermOp::kSlt: return sa < sb;
    case TermOp::kSle: return sa <= sb;
    case TermOp::kAdd: return a + b;
    case TermOp::kSub: return a - b;
    case TermOp::kMul: return a * b;
    case TermOp::kUdiv: return b == 0 ? ~0ULL : a / b;
    case TermOp::kUrem: return b == 0 ? a : a % b;
    case TermOp::kSdiv: {
      if (b == 0) return sa < 0 ? 1 : ~0ULL;
      return sb == -1 ? 0 - a : static_cast<std::uint64_t>(sa / sb);
    }
    case TermOp::kSrem: return b == 0 ? a : sb == -1 ? 0 : static_cast<std::uint64_t>(sa % sb);
    case TermOp::kBvAnd: return a & b;
    case TermOp::kBvOr: return a | b;
    case TermOp::kBvXor: return a ^ b;
    case TermOp::kShl: return b >= width ? 0 : a << b;
    case TermOp::kLshr: return b >= width ? 0 : a >> b;
    case TermOp::kAshr: return static_cast<std::uint64_t>(sa >> std::min<std::uint64_t>(b, 63));
    case TermOp::kTrue:
    case TermOp::kFalse:
    case TermOp::kBits:
    case TermOp::kApply:
    case TermOp::kNot:
    case TermOp::kAnd:
    case TermOp::kOr:
    case TermOp::kIte:
    case TermOp::kEq:
    case TermOp::kNeg:
    case TermOp::kBvNot:
    case TermOp::kTruncate:
    case TermOp::kZeroExtend:
    case TermOp::kSignExtend: break;
  }
  return 0;
}

}  // namespace

TermStore::TermStore() {
  true_ = intern({TermOp::kTrue, {}, 0, 0, {}});
  false_ = intern({TermOp::kFalse, {}, 0, 0, {}});
}

TermId TermStore::intern(Term term) {
  const std::uint64_t h = hash_of(term);
  const auto [first, last] = table_.equal_range(h);
  for (auto it = first; it != last; ++it)
    if (same(terms_[it->second], term)) return it->second;
  const auto id = static_cast<TermId>(terms_.size());
  terms_.push_back(std::move(term));
  table_.emplace(h, id);
  return id;
}

SymbolId TermStore::declare(std::string name, std::vector<Sort> params, Sort result) {
  const std::uint32_t n = names_[name]++;
  if (n > 0) name += "!" + std::to_string(n);
  symbols_.push_back({std::move(name), std::move(params), result});
  return static_cast<SymbolId>(symbols_.size() - 1);
}

TermId TermStore::fresh(const std::string& hint, Sort sort) {
  return apply(declare(hint, {}, sort), {});
}

TermId TermStore::bits(std::uint64_t value, std::uint8_t width) {
  return intern({TermOp::kBits, {SortKind::kBitVec, width, 0}, value & mask(width), 0, {}});
}

TermId TermStore::handle(std::uint32_t domain, std::uint64_t number) {
  return intern({TermOp::kBits, {SortKind::kHandle, 0, domain}, number, 0, {}});
}

TermId TermStore::apply(SymbolId symbol, std::vector<TermId> args) {
  return intern({TermOp::kApply, symbols_[symbol].result, 0, symbol, std::move(args)});
}

TermId TermStore::negate(TermId a) {
  const Term& t = terms_[a];
  if (t.op == TermOp::kTrue) return false_;
  if (t.op == TermOp::kFalse) return true_;
  if (t.op == TermOp::kNot) return t.args[0];
  return intern({TermOp::kNot, {}, 0, 0, {a}});
}

TermId TermStore::connective(TermOp op, std::vector<TermId> args) {
  const bool is_and = op == TermOp::kAnd;
  const TermId decides = is_and ? false_ : true_;
  const TermId neutral = is_and ? true_ : false_;
  std::vector<TermId> flat;
  for (const TermId a : args) {
    if (terms_[a].op == op)
      flat.insert(flat.end(), terms_[a].args.begin(), terms_[a].args.end());
    else if (a == decides)
      return decides;
    else if (a != neutral)
      flat.push_back(a);
  }
  std::sort(flat.begin(), flat.end());
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  for (const TermId a : flat)
    if (terms_[a].op == TermOp::kNot &&
        std::binary_search(flat.begin(), flat.end(), terms_[a].args[0]))
      return decides;
  if (flat.empty()) return neutral;
  if (flat.size() == 1) return flat[0];
  return intern({op, {}, 0, 0, std::move(flat)});
}

TermId TermStore::ite(TermId c, TermId a, TermId b) {
  if (c == true_ || a == b) return a;
  if (c == false_) return b;
  if (terms_[c].op == TermOp::kNot) return ite(terms_[c].args[0], b, a);
  if (terms_[a].op == TermOp::kIte && terms_[a].args[0] == c) return ite(c, terms_[a].args[1], b);
  if (terms_[b].op == TermOp::kIte && terms_[b].args[0] == c) return ite(c, a, terms_[b].args[2]);
  if (terms_[a].sort.kind == SortKind::kBool) {
    if (a == true_) return disj(c, b);
    if (a == false_) return conj(negate(c), b);
    if (b == true_) return disj(negate(c), a);
    if (b == false_) return conj(c, a);
  }
  if (const std::optional<TermId> one = lesser_or_greater(c, a, b)) return *one;
  return intern({TermOp::kIte, terms_[a].sort, 0, 0, {c, a, b}});
}

/// The lesser or greater of two terms is one term, in whatever order they are compared and whether
/// they may be equal or not.
std::optional<TermId> TermStore::lesser_or_greater(TermId c, TermId a, TermId b) {
  const Term test = terms_[c];
  if (!compares(test.op)) return std::nullopt;
  const TermId x = test.args[0], y = test.args[1];
  const bool lesser = x == a && y == b;
  if (!lesser && !(x == b && y == a)) return std::nullopt;
  const bool is_signed = test.op == TermOp::kSlt || test.op == TermOp::kSle;
  if (a > b) std::swap(a, b);
  const Sort sort = terms_[a].sort;
  const TermId below = binary(is_signed ? TermOp::kSlt : TermOp::kUlt, a, b);
  if (!compares(terms_[below].op)) return ite(below, lesser ? a : b, lesser ? b : a);
  return intern({TermOp::kIte, sort, 0, 0, {below, lesser ? a : b, lesser ? b : a}});
}

TermId TermStore::eq(TermId a, TermId b) {
  if (a == b) return true_;
  const Term &ta = terms_[a], &tb = terms_[b];
  if (ta.op == TermOp::kBits && tb.op == TermOp::kBits)
    return false_;  // interned: different ids, different bits
  if (ta.sort.kind == SortKind::kBool) {
    if (a == true_) return b;
    if (b == true_) return a;
    if (a == false_) return negate(b);
    if (b == false_) return negate(a);
  }
  // (ite c k1 k2) = k with constants: decides the condition.
  for (const auto& [x, k] : {std::pair{a, b}, std::pair{b, a}}) {
    if (terms_[k].op != TermOp::kBits || terms_[x].op != TermOp::kIte) continue;
    const TermId c = terms_[x].args[0], p = terms_[x].args[1], q = terms_[x].args[2];
    if (terms_[p].op == TermOp::kBits || terms_[q].op == TermOp::kBits) {
      const TermId ep = eq(p, k), eq_q = eq(q, k);
      return ite(c, ep, eq_q);
    }
  }
  if (a > b) std::swap(a, b);
  return intern({TermOp::kEq, {}, 0, 0, {a, b}});
}

TermId TermStore::binary(TermOp op, TermId a, TermId b) {
  const Sort sort = terms_[a].sort;
  if (terms_[a].op == TermOp::kBits && terms_[b].op == TermOp::kBits) {
    const std::uint64_t value = fold(op, terms_[a].bits, terms_[b].bits, sort.width);
    return compares(op) ? boolean(value != 0) : bits(value, sort.width);
  }
  const bool b_zero = terms_[b].op == TermOp::kBits && terms_[b].bits == 0;
  const bool a_zero = terms_[a].op == TermOp::kBits && terms_[a].bits == 0;
  if (a == b && (op == TermOp::kUlt || op == TermOp::kSlt)) return false_;
  if (a == b && (op == TermOp::kUle || op == TermOp::kSle)) return true_;
  if (op == TermOp::kUlt && b_zero) return false_;
  if (op == TermOp::kUle && a_zero) return true_;
  if (b_zero &&
      (op == TermOp::kAdd || op == TermOp::kSub || op == TermOp::kBvOr || op == TermOp::kBvXor ||
       op == TermOp::kShl || op == TermOp::kLshr || op == TermOp::kAshr))
    return a;
  if (a_zero && (op == TermOp::kAdd || op == TermOp::kBvOr || op == TermOp::kBvXor)) return b;
  if ((a_zero || b_zero) && (op == TermOp::kBvAnd || op == TermOp::kMul))
    return bits(0, sort.width);
  // What was added and is taken away again: the translations between two ways of counting undo
  // each other here, so that no solver has to find it out bit by bit.
  if (op == TermOp::kAdd) {
    for (const auto& [x, y] : {std::pair{a, b}, std::pair{b, a}})
      if (terms_[y].op == TermOp::kSub && terms_[y].args[1] == x) return terms_[y].args[0];
  }
  if (op == TermOp::kSub) {
    if (a == b) return bits(0, sort.width);
    if (terms_[a].op == TermOp::kAdd)
      for (const std::size_t i : {0U, 1U})
        if (terms_[a].args[i] == b) return terms_[a].args[1 - i];
    if (terms_[b].op == TermOp::kSub && terms_[b].args[0] == a) return terms_[b].args[1];
  }
  if (commutes(op) && a > b) std::swap(a, b);
  // Powers of two: shifts and masks instead of multipliers and dividers.
  for (const auto& [x, k] : {std::pair{a, b}, std::pair{b, a}}) {
    if (terms_[k].op != TermOp::kBits || !std::has_single_bit(terms_[k].bits)) continue;
    const auto shift = static_cast<std::uint64_t>(std::countr_zero(terms_[k].bits));
    if (op == TermOp::kMul) return binary(TermOp::kShl, x, bits(shift, sort.width));
    if (k != b) continue;
    if (op == TermOp::kUdiv) return binary(TermOp::kLshr, x, bits(shift, sort.width));
    if (op == TermOp::kUrem) return binary(TermOp::kBvAnd, x, bits(terms_[k].bits - 1, sort.width));
  }
  return intern({op, compares(op) ? Sort{} : sort, 0, 0, {a, b}});
}

TermId TermStore::unary(TermOp op, TermId a) {
  const Term& t = terms_[a];
  if (t.op == TermOp::kBits) return bits(op == TermOp::kNeg ? 0 - t.bits : ~t.bits, t.sort.width);
  return intern({op, t.sort, 0, 0, {a}});
}

TermId TermStore::resize(TermId a, std::uint8_t width, bool is_signed) {
  const Term& t = terms_[a];
  if (t.sort.width == width) return a;
  const bool truncate = width < t.sort.width;
  if (t.op == TermOp::kBits)
    return bits(is_signed && !truncate ? static_cast<std::uint64_t>(as_signed(t.bits, t.sort.width))
                                       : t.bits,
                width);
  if (t.op == TermOp::kZeroExtend && (truncate || !is_signed))
    return resize(t.args[0], width, false);
  if (t.op == TermOp::kIte) {  // where it makes an arm simpler
    const auto resized = [&](TermId arm) {
      const TermOp op = terms_[arm].op;
      return op == TermOp::kBits || op == TermOp::kZeroExtend || op == TermOp::kIte;
    };
    const TermId c = t.args[0], x = t.args[1], y = t.args[2];
    if (truncate && resized(x) && resized(y)) {
      const TermId rx = resize(x, width, is_signed), ry = resize(y, width, is_signed);
      return ite(c, rx, ry);
    }
  }
  if (t.op == TermOp::kTruncate && truncate) return resize(t.args[0], width, false);
  const TermOp op = truncate    ? TermOp::kTruncate
                    : is_signed ? TermOp::kSignExtend
                                : TermOp::kZeroExtend;
  return intern({op, {SortKind::kBitVec, width, 0}, 0, 0, {a}});
}

std::uint64_t fold_operation(const TermStore& terms, const Term& t,
                             const std::function<std::uint64_t(TermId)>& value) {
  const std::uint64_t a = value(t.args[0]);
  const std::uint8_t width = terms[t.args[0]].sort.width;
  switch (t.op) {
    case TermOp::kNeg: return (0 - a) & mask(width);
    case TermOp::kBvNot: return ~a & mask(width);
    case TermOp::kTruncate: return a & mask(t.sort.width);
    case TermOp::kZeroExtend: return a;
    case TermOp::kSignExtend:
      return static_cast<std::uint64_t>(as_signed(a, width)) & mask(t.sort.width);
    default: break;  // the binary ones
  }
  const std::uint64_t out = fold(t.op, a, value(t.args[1]), width);
  return compares(t.op) ? out : out & mask(width);
}

}  // namespace gms::ir::smt
