// Whether an expression has some node, anywhere in it.
#pragma once

#include "ir/walk.h"

namespace gms::ir {

/// Some node of the tree satisfies `wanted(const Expr&)`; `through_functions`: or of a function
/// that it calls. kNoId has no nodes.
template <class Wanted>
bool has_node(const Module& module, ExprId id, bool through_functions, const Wanted& wanted) {
  if (id == kNoId) return false;
  const Expr& e = module.exprs[id];
  if (wanted(e)) return true;
  if (through_functions && e.op == Op::kCall &&
      has_node(module, module.fns[e.ref].expr, true, wanted))
    return true;
  bool found = false;
  for_each_operand(module, e, [&](ExprId arg) {
    found = found || has_node(module, arg, through_functions, wanted);
  });
  return found;
}

}  // namespace gms::ir
