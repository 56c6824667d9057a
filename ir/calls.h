// Calls in flight. A domain named Call stands for them in the stepwise reading: a call is a handle
// from its first step to its last, `self` is the call at hand, and a state function with a Call
// among its keys is what other calls can see of one (a reference that it holds, a window that it
// has opened). When a call runs alone there is no other: the atomic reading (ir/atomic.h) has
// neither the domain nor these functions.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace gms::ir {

/// The domain named Call, kNoId if the module has none.
DomainId call_domain(const Module& module);

/// By StateId: has a Call among its keys, or as its value.
std::vector<bool> states_of_calls(const Module& module);

/// Whether the expression reads such a state, says `self`, ranges over calls or has one as its
/// value: itself, and not only in a function that it calls. A claim that does has a meaning in the
/// stepwise reading only.
bool speaks_of_calls(const Module& module, ExprId id);

}  // namespace gms::ir
