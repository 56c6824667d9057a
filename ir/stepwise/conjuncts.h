// A claim taken apart.
#pragma once

#include <functional>
#include <vector>

#include "ir/ir.h"

namespace gms::ir::stepwise {

using NewLocal = std::function<VarId(const Local&)>;

/// Expressions whose conjunction is the claim: conjunctions, negated disjunctions, what follows
/// from one premise; functions are written out where that takes them apart. Appends to `module`;
/// `new_local` is asked for the binders of functions.
std::vector<ExprId> conjuncts_of(Module& module, ExprId claim, const NewLocal& new_local);

}  // namespace gms::ir::stepwise
