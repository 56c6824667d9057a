// Small wrong versions of a spec: a fixed list of operators, applied at every site in its
// functions, procedures and actions (never in properties or events, which judge). What a mutant
// changes is one node.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ir/ir.h"

namespace gms::ir {

enum class MutationKind : std::uint8_t {
  kClauseDropped,      // a guard that never fires
  kClausesSwapped,     // two guards that stand one after the other
  kRangeEndShifted,    // one page more or less at the end (or the start) of a range
  kUpdateDropped,      // one assignment of an update
  kComparisonFlipped,  // == and !=, < and <=, some and all
  kIndexShifted,       // a state function read or written one index further
};
inline constexpr int kMutationKinds = 6;
const char* name_of(MutationKind kind);

enum class MutationHost : std::uint8_t { kFunction, kProcedure, kAction };

struct Mutation {
  MutationKind kind = MutationKind::kClauseDropped;
  MutationHost host = MutationHost::kAction;
  std::uint32_t host_id = kNoId;  // by host: FnId, ProcId or ActionId
  StmtId stmt = kNoId;            // the statement that changes; kNoId: the value of a function
  ExprId expr = kNoId;            // the node in it that changes; kNoId: the statement itself
  std::uint32_t detail = 0;       // which guard, binder, assignment or key; direction
  std::string place;              // action or procedure, and clause or state function
  std::string what;               // in words
  base::Span span;
};

/// All sites, in the order of the text. `module` is the atomic reading.
std::vector<Mutation> mutations(const Module& module);

/// As well-formed as the module. Properties and events that call a function that changes, or calls
/// one that does, call a copy of it as it was.
Module apply(const Module& module, const Mutation& mutation);

/// The actions that the host is part of, by calls.
std::vector<ActionId> touched_actions(const Module& module, const Mutation& mutation);

}  // namespace gms::ir
