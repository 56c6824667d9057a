// Ground terms of the solver's logic: bit-vectors, booleans, handles of a domain and uninterpreted
// functions (QF_UFBV). Hash-consed in a TermStore, simplified when made, and free of quantifiers by
// construction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gms::ir::smt {

using TermId = std::uint32_t;
using SymbolId = std::uint32_t;

enum class SortKind : std::uint8_t { kBool, kBitVec, kHandle };
struct Sort {
  SortKind kind = SortKind::kBool;
  std::uint8_t width = 0;    // kBitVec
  std::uint32_t domain = 0;  // kHandle: the module's domain
  friend bool operator==(const Sort&, const Sort&) = default;
};

enum class TermOp : std::uint8_t {
  kTrue,
  kFalse,
  kBits,   // a bit-vector constant, or a known handle by its number
  kApply,  // a declared symbol at its arguments (none: a constant)
  kNot,
  kAnd,
  kOr,
  kIte,
  kEq,
  kUlt,
  kUle,
  kSlt,
  kSle,
  kAdd,
  kSub,
  kMul,
  kUdiv,
  kSdiv,
  kUrem,
  kSrem,
  kBvAnd,
  kBvOr,
  kBvXor,
  kShl,
  kLshr,
  kAshr,
  kNeg,
  kBvNot,
  kTruncate,
  kZeroExtend,
  kSignExtend,
};

struct Term {
  TermOp op = TermOp::kTrue;
  Sort sort;
  std::uint64_t bits = 0;  // kBits; of a handle below 2^20
  SymbolId symbol = 0;     // kApply
  std::vector<TermId> args;
};

struct Symbol {
  std::string name;
  std::vector<Sort> params;
  Sort result;
};

class TermStore {
 public:
  TermStore();

  SymbolId declare(std::string name, std::vector<Sort> params, Sort result);
  /// A constant with a name of its own: `hint`, or `hint!n`.
  TermId fresh(const std::string& hint, Sort sort);

  TermId boolean(bool value) const { return value ? true_ : false_; }
  TermId bits(std::uint64_t value, std::uint8_t width);
  /// A known handle of a known state. For solvers in this process: it has no SMT-LIB text.
  TermId handle(std::uint32_t domain, std::uint64_t number);
  TermId apply(SymbolId symbol, std::vector<TermId> args);
  TermId negate(TermId a);
  TermId conj(std::vector<TermId> args) { return connective(TermOp::kAnd, std::move(args)); }
  TermId disj(std::vector<TermId> args) { return connective(TermOp::kOr, std::move(args)); }
  TermId conj(TermId a, TermId b) { return conj(std::vector<TermId>{a, b}); }
  TermId disj(TermId a, TermId b) { return disj(std::vector<TermId>{a, b}); }
  TermId implies(TermId a, TermId b) { return disj(negate(a), b); }
  TermId ite(TermId c, TermId a, TermId b);
  TermId eq(TermId a, TermId b);
  TermId binary(TermOp op, TermId a, TermId b);  // arithmetic and comparison; operands of one width
  TermId unary(TermOp op, TermId a);             // kNeg, kBvNot
  TermId resize(TermId a, std::uint8_t width, bool is_signed);

  const Term& operator[](TermId id) const { return terms_[id]; }
  const Symbol& symbol(SymbolId id) const { return symbols_[id]; }
  std::size_t size() const { return terms_.size(); }
  std::size_t symbol_count() const { return symbols_.size(); }
  bool is_true(TermId t) const { return t == true_; }
  bool is_false(TermId t) const { return t == false_; }

 private:
  TermId intern(Term term);
  TermId connective(TermOp op, std::vector<TermId> args);  // kAnd, kOr
  std::optional<TermId> lesser_or_greater(TermId c, TermId a, TermId b);

  std::vector<Term> terms_;
  std::vector<Symbol> symbols_;
  std::unordered_multimap<std::uint64_t, TermId> table_;
  std::unordered_map<std::string, std::uint32_t> names_;
  TermId true_ = 0, false_ = 0;
};

/// The value of an arithmetic or comparing operation by the values of its operands (`value`: TermId
/// -> bits).
std::uint64_t fold_operation(const TermStore& terms, const Term& term,
                             const std::function<std::uint64_t(TermId)>& value);

}  // namespace gms::ir::smt
