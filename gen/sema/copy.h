// Copies of expressions. A binder's variable is bound once in a callable, so an expression that
// binds one cannot be an operand twice: the second time it is a copy with variables of its own.
#pragma once

#include <vector>

#include "gen/sema/context.h"
#include "gen/sema/scope.h"

namespace gms::gen::sema {

/// The expression for one more use: itself when it binds nothing, else a copy.
ir::ExprId again(Context& context, Frame& frame, ir::ExprId id);

/// A function's value at these arguments, read in the state after the action; kNoId when it
/// is too large to write out.
ir::ExprId value_after(Context& context, Frame& frame, ir::FnId fn,
                       const std::vector<ir::ExprId>& args);

}  // namespace gms::gen::sema
