// The atomic reading of a module: what each action does when nothing runs beside it. Derived, so
// that there is one text for both readings.
#pragma once

#include "ir/ir.h"

namespace gms::ir {

/// A module without Step, Acquire, Release, Scan, Each, Await, Sample and Retry, with the same ids
/// for everything that has a name, clauses included:
/// - a step is its body; locks, awaits, samples and retries are gone (alone, a lock is free, an
/// awaited
///   condition holds and nothing is retried: the stepwise reading proves that);
/// - a scan becomes `first`: its exit is taken for the least index that satisfies a condition, with
/// the
///   binder bound to it;
/// - nothing is left of other calls: the domain Call (ir/calls.h), its state functions and the
///   properties that speak of them are gone, so the ids of those that come after are smaller;
/// - each update inside an each gets the each's binder, and its condition in front of `where`.
/// Actions may get further locals, at the end; locals of properties are renumbered to match.
/// `module` must be well-formed (ir/verify.h); so is the result.
Module to_atomic(const Module& module);

}  // namespace gms::ir
