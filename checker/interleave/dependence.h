// Which calls are worth making at the same time.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/explore/fingerprint.h"
#include "checker/interleave/situations.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// By actions: what one writes the other reads or writes.
class ActionEffects {
 public:
  explicit ActionEffects(const ir::Module& atomic);
  bool meet(ir::ActionId a, ir::ActionId b) const;

 private:
  std::vector<std::vector<bool>> reads_, writes_;  // by action, of state functions
};

/// By what they do in one state: whether it can be seen which of the two came first. A call that is
/// impossible after the other one counts.
bool depend(ir::interp::Interpreter& atomic, Fingerprinter& prints, const ir::interp::State& state,
            const Intent& a, const Intent& b);

}  // namespace gms::check
