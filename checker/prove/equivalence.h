// Whether a changed action still does the same: from every state that satisfies the invariants, for
// all arguments, with the same choices of the environment.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/prove/solver.h"
#include "ir/ir.h"

namespace gms::check {

struct EquivalenceOptions {
  std::map<ir::ParamId, std::uint64_t> fixed;  // others: all their values
  unsigned milliseconds = 5000;
  /// By StateId: whose values after the call count. Empty: all.
  std::vector<bool> compared;
  /// Values of the first function count only where the second one, a bool with the same keys, is
  /// true.
  std::optional<std::pair<ir::StateId, ir::StateId>> counts_where;
  /// One error is as good as another.
  bool errors_alike = false;
};

/// kUnsat: no state and arguments tell them apart: results, outputs, next states (the
/// names of clauses are nothing that a caller sees).
/// kSat: something may, where the index set closed. kUnknown: undecided. The choices of the
/// environment (`may`, `choose`, `any`) are made equal on both sides; where one statement chooses
/// more than once in a call the answer is kUnknown.
Answer difference(const ir::Module& original, const ir::Module& changed, ir::ActionId action,
                  const EquivalenceOptions& options);

/// The same for a procedure, from every state and for all arguments: unless something tells the two
/// apart, neither does anything in the actions that call it.
Answer procedure_difference(const ir::Module& original, const ir::Module& changed,
                            ir::ProcId procedure, const EquivalenceOptions& options);

}  // namespace gms::check
