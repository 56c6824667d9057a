// Many comparisons of the interpreter with the solver's formulas, along random walks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ir/ir.h"

namespace gms::check {

struct DifferentialRun {
  std::size_t compared = 0, undecided = 0, skipped = 0, outcomes = 0, queries = 0;
  std::vector<bool> clauses;  // by ClauseId: some outcome that was compared ended there
  std::vector<std::string> disagreements;  // the first few, with seed, state and call
  std::vector<std::string> reasons;        // of undecided ones, the first few
  std::size_t clauses_met() const;
};

/// `steps` calls; a walk starts anew after `walk` of them. Stops after `seconds` at the latest (0:
/// never).
DifferentialRun run_differential(const ir::Module& atomic_module, std::uint64_t seed,
                                 std::size_t steps, std::size_t walk, double seconds);

/// GMS_SEED and GMS_CASES of the environment, or these.
std::uint64_t seed_from_environment(std::uint64_t otherwise);
std::size_t cases_from_environment(std::size_t otherwise);

}  // namespace gms::check
