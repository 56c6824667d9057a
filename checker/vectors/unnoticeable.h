// Proofs that a small change of a spec (ir/mutate.h) is nothing that a caller can notice.
#pragma once

#include <cstdint>
#include <map>

#include "ir/ir.h"
#include "ir/mutate.h"

namespace gms::check {

/// True: proved that every call ends as before, with the same results and outputs, and leaves the
/// same in all state functions that a call can show (observable.h), from every state that satisfies
/// the invariants. False says nothing.
/// Why that suffices: the changed spec may be in a state that differs from the original's in the
/// other functions. What counts of its next call does not depend on these, so the call ends as it
/// would in the original's state, which satisfies the invariants; there it was compared.
/// `module` allows the calls that count only (EventWriter::require_events), `fixed` are parameters
/// that have one value. `milliseconds` for each question to the solver.
bool is_unnoticeable(const ir::Module& module, const ir::Mutation& mutation,
                     const std::map<ir::ParamId, std::uint64_t>& fixed, unsigned milliseconds);

}  // namespace gms::check
