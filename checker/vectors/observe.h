// What traces show of a spec: the requirements that test vectors are made for, counted while events
// are judged.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "checker/conform/judge.h"
#include "checker/vectors/probes.h"
#include "checker/vectors/requirements.h"
#include "ir/interp/state.h"
#include "ir/ir.h"

namespace gms::check {

class Observation {
 public:
  /// Of clauses, conditions, boundaries and pairs. The module must outlive it.
  explicit Observation(const ir::Module& module);

  const Probed& probed() const { return probed_; }
  const std::vector<Requirement>& requirements() const { return requirements_; }
  /// By requirement; conditions, boundaries and pairs are counted until they are shown once.
  const std::vector<std::uint64_t>& counts() const { return counts_; }
  /// By ActionId.
  const std::vector<std::uint64_t>& calls() const { return calls_; }

  /// The interpreter; every call that an outcome explains is noted here. One thread at a time.
  EngineFactory engines();

 private:
  class Watcher;
  void note(const ir::interp::State& before, ir::ActionId action, std::span<const Datum> args,
            const Watcher& watcher, const std::vector<ir::ClauseId>& clauses);

  const ir::Module& m_;
  Probed probed_;
  std::vector<Requirement> requirements_;
  std::vector<std::uint64_t> counts_, calls_;
  RequirementIndex index_;
  std::vector<bool> passed_over_;  // probes that were met
};

}  // namespace gms::check
