// A part of the atomic reading: a call that runs alone sees no other call in flight.
#pragma once

#include "ir/ir.h"

namespace gms::ir {

/// Takes out the domain Call with its state functions, updates of them, and the properties that
/// speak of them; reading one gives its initial value, and there is no call to range over. Nothing,
/// if the module has no such domain.
void forget_calls(Module& module);

}  // namespace gms::ir
