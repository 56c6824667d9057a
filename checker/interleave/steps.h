// The stepwise module as something that runs: which action begins a call, and which one goes on
// from a place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "checker/explore/explore.h"
#include "ir/interp/interpreter.h"
#include "ir/stepwise/stepwise.h"

namespace gms::check {

/// One step with what it led to.
struct StepTaken {
  RunCall call;  // of the stepwise module
  ir::interp::Outcome outcome;
};

/// A call of a run, by its steps.
struct CallInRun {
  std::uint32_t handle = 0;         // 0: it is one step
  std::size_t first = 0, last = 0;  // steps of the run
  bool ended = true;
  bool alone = true;  // no other call begins before its end, or ends after its beginning
};
struct ReplayedSteps {
  std::vector<ir::interp::State> states;  // before each step, and after the last one
  std::vector<std::uint32_t> call_of;     // by step: index into `calls`
  std::vector<CallInRun> calls;           // as they begin
};

class Steps {
 public:
  /// It must outlive this.
  explicit Steps(const ir::Stepwise& stepwise);

  const ir::Module& module() const { return s_.module; }
  const ir::Stepwise& stepwise() const { return s_; }

  /// The first step of a call of the original's action, or its only one.
  ir::ActionId first(ir::ActionId original) const { return first_[original]; }
  bool is_whole(ir::ActionId original) const { return s_.origins[first_[original]].whole; }
  /// The handle that the next call to begin gets.
  std::uint32_t next_call(const ir::interp::State& state) const {
    return state.next_handle(calls_);
  }
  bool is_live(const ir::interp::State& state, std::uint32_t call) const {
    return state.is_live(calls_, call);
  }
  /// The action that goes on with a live call.
  ir::ActionId next(const ir::interp::State& state, std::uint32_t call) const;

  /// All ways in which the action may end. Left out: those after which the state says less than
  /// what can have happened.
  std::vector<StepTaken> take(ir::interp::Interpreter& in, const ir::interp::State& state,
                              ir::ActionId action, const std::vector<Datum>& args) const;

  /// The run from the fresh system, as far as it can be made again.
  ReplayedSteps replay(ir::interp::Interpreter& in, const Run& run) const;

 private:
  const ir::Stepwise& s_;
  ir::DomainId calls_;
  ir::StateId at_ = ir::kNoId;
  std::vector<ir::ActionId> first_;  // by the original's ActionId
  std::vector<ir::ActionId> from_;   // by place
};

}  // namespace gms::check
