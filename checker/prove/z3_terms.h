// Terms in Z3's words, in one of three readings of their arithmetic. Only this and z3_solver.cpp
// see Z3.
#pragma once

#include <z3++.h>

#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ir/smt/term.h"

namespace gms::check {

/// How a solver reads the operations on numbers. What follows in a weaker reading follows in kBits.
enum class Arithmetic : std::uint8_t {
  /// Sums, differences and products are functions that nothing is known of: most proofs need the
  /// order of a few sums only, not what they are, and take a millisecond then.
  kOpaque,
  /// Integers that wrap: sums, shifts and masks by constants are linear, other operations opaque.
  /// Decides in milliseconds what takes bits minutes: whether a translated index stays in range.
  kIntegers,
  /// Bit-vectors: the meaning of the terms.
  kBits,
};

class Z3Terms {
 public:
  Z3Terms(const ir::smt::TermStore& terms, z3::context& ctx, Arithmetic arithmetic)
      : terms_(terms), ctx_(ctx), arithmetic_(arithmetic) {}

  z3::expr expr(ir::smt::TermId id);
  /// What is to be asserted with the expressions made since the last call: ranges of integers.
  std::vector<z3::expr> take_side_conditions() { return std::exchange(side_, {}); }

  z3::func_decl function(ir::smt::SymbolId id);
  /// The function that stands for the operation; only if it is opaque.
  z3::func_decl function_for(const ir::smt::Term& t);
  /// The operation is a function that nothing is known of.
  bool is_opaque(const ir::smt::Term& t) const;
  /// A value of the sort that is no handle.
  z3::expr constant(const ir::smt::Sort& sort, std::uint64_t value);

 private:
  z3::sort sort(const ir::smt::Sort& s);
  z3::expr make(ir::smt::TermId id);
  z3::expr make_bits(const ir::smt::Term& t);
  z3::expr make_integer(ir::smt::TermId id);
  z3::expr mask(ir::smt::TermId id);
  z3::expr apply(const z3::func_decl& function, const ir::smt::Term& t);
  z3::expr two_to(unsigned exponent);
  z3::expr as_signed(ir::smt::TermId id);
  /// value = quotient * divisor + remainder, 0 <= remainder < divisor
  std::pair<z3::expr, z3::expr> divide(const z3::expr& value, const z3::expr& divisor);
  /// The constant's value, if the term is one.
  bool is_constant(ir::smt::TermId id) const {
    return terms_[id].op == ir::smt::TermOp::kBits;
  }

  const ir::smt::TermStore& terms_;
  z3::context& ctx_;
  Arithmetic arithmetic_;
  std::unordered_map<ir::smt::TermId, z3::expr> memo_;
  std::unordered_map<ir::smt::SymbolId, z3::func_decl> functions_;
  std::map<std::pair<unsigned, unsigned>, std::pair<z3::expr, z3::expr>> divided_;  // by AST ids
  std::vector<z3::expr> side_;
};

}  // namespace gms::check
