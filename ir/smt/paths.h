// The guarded paths of an action in the atomic reading: one for each way through its statements to
// an exit, with the conditions under which it is taken and the symbolic state after it.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "ir/smt/encode.h"

namespace gms::ir::smt {

struct Path {
  ClauseId clause = kNoId;
  std::uint64_t result = 0;        // Errno
  std::vector<TermId> conditions;  // all hold exactly on this path (environment choices left open)
  SymStatePtr post;
  EnvPtr env;                 // the action's locals at the exit; unassigned ones are arbitrary
  std::set<StateId> touched;  // state functions that the path may change
  std::set<StateId> stored;   // those of them that an update names, and no new or old handle resets
  std::set<DomainId> created_or_destroyed;
  std::vector<std::string> choices;  // what the environment chose, for reports
  std::set<StmtId> passed;           // the statements on the way
  /// All that it did to the state, in order: paths with equal ones end in equal states.
  std::vector<std::uint64_t> effect;
};

/// Arguments of an action as symbolic values, by the order of its parameters. A
/// handle may be gone, if any action destroys one of its domain.
std::vector<SymValue> fresh_arguments(Encoder& enc, const Callable& action,
                                      const std::string& prefix);

/// All paths of the action from `pre`. False: more than `limit` paths, or a construct that the
/// atomic reading lacks.
bool enumerate_paths(Encoder& enc, const Action& action, const std::vector<SymValue>& args,
                     const SymStatePtr& pre, std::vector<Path>& out, std::size_t limit = 4096);

}  // namespace gms::ir::smt
