// What is assigned when: outputs of actions and procedures on every path.
#pragma once

#include "gen/sema/context.h"

namespace gms::gen::sema {

/// Errors: an output that may be read before it is assigned; a procedure that can return without a
/// value. Warnings: an action that can succeed without assigning an output; a statement that is
/// never reached; a condition that is always false.
void check_assigned(Context& context);

}  // namespace gms::gen::sema
