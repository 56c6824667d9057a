// Calls in states that the search has met, with the way there: where a changed spec is tried.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "checker/explore/explore.h"
#include "ir/interp/state.h"
#include "ir/ir.h"

namespace gms::check {

struct KnownStep {
  Run way;  // from the fresh system to the state
  ir::interp::State before;
  std::vector<Datum> args;
};

class StepBook {
 public:
  /// The module, whose states are kept, must outlive it.
  StepBook(const ir::Module& module, std::uint64_t seed);

  /// Keeps calls that end in new ways while there is room, and a fair sample of the others; so many
  /// of each action under each valuation.
  void note(const ExploreOptions::Made& made);

  std::span<const KnownStep> of(ir::ActionId action) const { return steps_[action]; }

 private:
  ir::interp::Shape shape_;
  std::mt19937_64 random_;
  std::vector<std::vector<KnownStep>> steps_;  // by action
  struct Counts {
    std::size_t novel = 0, met = 0;   // kept; met of the others
    std::vector<std::size_t> sample;  // where the others are
  };
  std::map<std::pair<ir::ActionId, Valuation>, Counts> counts_;
};

}  // namespace gms::check
