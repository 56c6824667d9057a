// Makes the nodes of ir::Module: operands before users, constants folded, nothing checked (the
// caller has the types right; ir/verify.h finds out if not).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ir/ir.h"

namespace gms::gen::sema {

/// How much there is below a node when operands that are used twice count twice: what everything
/// that walks the IR as a tree will meet.
struct Extent {
  std::uint32_t nodes = 1;  // stops counting at kTooManyNodes
  std::uint32_t depth = 1;
  bool binds = false;  // a quantifier is among them
};

class Builder {
 public:
  static constexpr std::uint32_t kTooManyNodes = 200'000;
  static constexpr std::uint32_t kTooDeep = 900;

  explicit Builder(ir::Module& module) : module_(module) {}

  const ir::Expr& at(ir::ExprId id) const { return module_.exprs[id]; }
  const ir::Type& type(ir::ExprId id) const { return module_.exprs[id].type; }

  ir::ExprId add(ir::Expr expr);
  /// An operation without ref and binders; folded when every operand is a constant.
  ir::ExprId make(ir::Op op, ir::Type type, std::vector<ir::ExprId> args, base::Span span);

  ir::ExprId constant(ir::Type type, std::uint64_t bits, base::Span span);
  ir::ExprId boolean(bool value, base::Span span);
  ir::ExprId none(ir::Type optional_type, base::Span span);
  ir::ExprId var(ir::VarId var, ir::Type type, base::Span span);

  ir::ExprId negate(ir::ExprId a, base::Span span);
  ir::ExprId both(ir::ExprId a, ir::ExprId b, base::Span span);    // kNoId stands for true
  ir::ExprId either(ir::ExprId a, ir::ExprId b, base::Span span);  // kNoId stands for false
  ir::ExprId compare(ir::Op op, ir::ExprId a, ir::ExprId b, base::Span span);
  ir::ExprId ite(ir::ExprId cond, ir::ExprId a, ir::ExprId b, base::Span span);
  ir::ExprId some(ir::ExprId a, base::Span span);
  ir::ExprId is_some(ir::ExprId a, base::Span span);
  ir::ExprId unwrap(ir::ExprId a, base::Span span);
  ir::ExprId quantifier(ir::Op op, ir::Type type, std::vector<ir::Binder> binders, ir::ExprId body,
                        base::Span span);

  ir::StmtId stmt(decltype(ir::Stmt::node) node, base::Span span);

  const Extent& extent(ir::ExprId id) const { return extents_[id]; }

  /// The bits of a kConst node.
  std::optional<std::uint64_t> constant_of(ir::ExprId id) const;

 private:
  ir::Module& module_;
  std::vector<Extent> extents_;  // by ExprId
};

}  // namespace gms::gen::sema
