// Whether a changed action still does the same: from every state that satisfies the invariants, for
// all arguments, with the same choices of the environment.
#pragma once

#include <map>
#include <string>

#include "checker/prove/solver.h"
#include "ir/ir.h"

namespace gms::check {

struct EquivalenceOptions {
  std::map<ir::ParamId, std::uint64_t> fixed;  // others: all their values
  unsigned milliseconds = 2000;
};

/// kUnsat: no state and arguments tell them apart (results, clauses, outputs, next states).
/// kSat: something may, where the index set closed. kUnknown: undecided. The choices of the
/// environment (`may`, `choose`, `any`) are made equal on both sides; where one statement chooses
/// more than once in a call the answer is kUnknown.
Answer difference(const ir::Module& original, const ir::Module& changed, ir::ActionId action,
                  const EquivalenceOptions& options);

}  // namespace gms::check
