// What the encoder asks again and again about the module's expressions, found once.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "ir/ir.h"

namespace gms::ir::smt {

class Expressions {
 public:
  /// The module must outlive this.
  explicit Expressions(const Module& module) : m_(module) {}

  /// The variables that the expression does not bind itself.
  const std::vector<VarId>& free_variables(ExprId id);
  /// The first expression that was met and reads the same: quantifiers that several properties
  /// share become one literal.
  ExprId representative(ExprId id);

  /// A read of a state function in the body of a universal fact that tells where its binders may
  /// be: by key, the binder's number or -1.
  struct Pattern {
    StateId state = kNoId;
    std::vector<int> binder_of_key;
  };
  const std::vector<Pattern>& patterns(ExprId body, const std::vector<Binder>& binders);

 private:
  void collect(ExprId id, const std::map<VarId, int>& known, std::size_t binders,
               std::vector<Pattern>& out) const;

  const Module& m_;
  std::map<ExprId, std::vector<VarId>> free_;
  std::map<ExprId, ExprId> representative_;
  std::map<std::vector<std::uint64_t>, ExprId> first_met_;  // by all that an expression says
  std::map<ExprId, std::vector<Pattern>> patterns_;         // by the body
};

}  // namespace gms::ir::smt
