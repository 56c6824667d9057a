// What a test has to show of each decision of a spec, made into exits: a module in which the
// environment may leave an action where a condition decides, or where a comparison is at its
// boundary. So whatever reaches a clause, or proves that none is reached, does the same for these.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ir/ir.h"

namespace gms::check {

enum class ProbeKind : std::uint8_t {
  kDecides,   // the condition has the value, and the other one would decide otherwise (masking
              // MC/DC)
  kBoundary,  // of a comparison that decides: its left side is `value` above its right side
};

/// One thing to be shown of one condition.
struct Probe {
  ir::ClauseId clause = ir::kNoId;  // the exit that stands for it in the probed module
  ProbeKind kind = ProbeKind::kDecides;
  int value = 0;  // kDecides: 0 or 1; kBoundary: -1, 0 or 1
  // In the module that was probed:
  ir::ExprId condition = ir::kNoId;  // the condition or comparison, perhaps in a function
  ir::ClauseId decides = ir::kNoId;  // the clause whose guard it is in; kNoId: a branch
  ir::ActionId action = ir::kNoId;   // one of these two: where the decision stands
  ir::ProcId proc = ir::kNoId;
  base::Span decision;
};

/// Ids of the original stay as they are; what is new comes after. Of the properties only the
/// invariants are kept, since others speak of the locals of actions.
struct Probed {
  ir::Module module;
  std::vector<Probe> probes;     // ascending by clause
  ir::ClauseId first_probe = 0;  // clauses from here on are probes

  bool is_probe(ir::ClauseId clause) const { return clause >= first_probe; }
};

/// `atomic` is well-formed, in the atomic reading (ir/atomic.h).
Probed with_probes(const ir::Module& atomic);

}  // namespace gms::check
