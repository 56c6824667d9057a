// A run of calls that run alone, made again step by step.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "checker/interleave/steps.h"

namespace gms::check {

struct Lifted {
  std::vector<RunCall> steps;  // of the stepwise module
  ir::interp::State state;
};

/// Each call of the run from its first step to its last, before the next one begins, ending as the
/// atomic reading says. Nothing if the steps of some call do not come to that: then the two
/// readings differ, or the environment has more choices than are tried.
class Lifter {
 public:
  /// `steps` is of the same spec and must outlive it.
  Lifter(const ir::Module& atomic, const Steps& steps);
  /// `alone` runs the atomic module and `in` the stepwise one, both with the run's parameters.
  std::optional<Lifted> lift(ir::interp::Interpreter& alone, ir::interp::Interpreter& in,
                             const Run& run) const;

  /// State functions of the atomic module that have other values; kNoId among them: other objects
  /// live.
  std::set<ir::StateId> differences(const ir::interp::State& alone,
                                    const ir::interp::State& stepwise) const;

 private:
  const Steps& steps_;
  std::vector<ir::StateId> state_of_;    // by the atomic module's StateId
  std::vector<ir::DomainId> domain_of_;  // by its DomainId
};

}  // namespace gms::check
