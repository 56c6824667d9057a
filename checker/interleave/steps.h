// The stepwise module as something that runs: which action begins a call, and which one goes on
// from a place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
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

  /// So many calls, the first ones, ran alone: none overlaps before them.
  std::size_t alone_before() const;
};

/// A call of the atomic module.
struct Intent {
  ir::ActionId action = ir::kNoId;
  std::vector<Datum> args;
  friend bool operator==(const Intent&, const Intent&) = default;
};

/// Of the call that the action is a step of: "host_fault" of "host_fault.install_pte".
std::string call_name(const ir::Action& step);

class Steps {
 public:
  /// It must outlive this.
  explicit Steps(const ir::Stepwise& stepwise);

  const ir::Module& module() const { return s_.module; }
  const ir::Stepwise& stepwise() const { return s_; }

  /// The first step of a call of the original's action, or its only one.
  ir::ActionId first(ir::ActionId original) const { return first_[original]; }
  /// The original's action of that name.
  std::optional<ir::ActionId> find(std::string_view name) const;
  /// The call that a first step begins.
  Intent intent_of(const RunCall& first) const {
    return {s_.origins[first.action].action, first.args};
  }
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

  /// The call from its first step to its last with no other beside it, appended to `steps`: the
  /// first way whose end is accepted, by its last step and the state that it leaves.
  using Accept = std::function<bool(const RunCall& last, const ir::interp::State& after)>;
  std::optional<ir::interp::State> alone(ir::interp::Interpreter& in,
                                         const ir::interp::State& state, const Intent& call,
                                         const Accept& accept, std::vector<RunCall>& steps) const;

  /// The run from the fresh system, as far as it can be made again.
  ReplayedSteps replay(ir::interp::Interpreter& in, const Run& run) const;

 private:
  std::optional<ir::interp::State> go_on(ir::interp::Interpreter& in, std::vector<StepTaken> ways,
                                         std::uint32_t call, const Accept& accept,
                                         std::vector<RunCall>& steps, unsigned depth) const;

  const ir::Stepwise& s_;
  ir::DomainId calls_;
  ir::StateId at_ = ir::kNoId;
  std::vector<ir::ActionId> first_;  // by the original's ActionId
  std::vector<ir::ActionId> from_;   // by place
};

}  // namespace gms::check
