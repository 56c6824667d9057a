// The reference interpreter: docs/semantics.md, executable. Everything else that runs a spec (the
// compiled model, the solver's formulas) is tested against it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ir/interp/exec.h"

namespace gms::ir::interp {

using PropertyId = std::uint32_t;  // index into Module::properties

/// One module with values for its parameters. For one thread at a time: it keeps scratch space.
class Interpreter {
 public:
  /// `atomic_module` must be well-formed (ir/verify.h), in the atomic reading (ir/atomic.h), and
  /// outlive the interpreter and its states. `valuation` has one value for each parameter.
  explicit Interpreter(const Module& atomic_module);
  Interpreter(const Module& atomic_module, const Valuation& valuation);

  const Module& module() const { return program_->module; }

  /// The state in which nothing has happened.
  State fresh() const { return State(program_->shape); }

  /// Calls `visit` with each outcome of the call; the same outcome may come by several ways.
  Completeness outcomes(const State& state, ActionId action, std::span<const Value> args,
                        const RunOptions& options, const OutcomeVisitor& visit) {
    return executor_.outcomes(state, action, args, options, visit);
  }
  /// All of them, whatever the completeness.
  std::vector<Outcome> outcomes(const State& state, ActionId action, std::span<const Value> args,
                                const RunOptions& options = {});

  /// An expression over one state; `locals` are those of its function, property or event. Unknown
  /// if it depends on values that nobody knows, or costs too many steps.
  Value eval(const State& state, ExprId expr, std::span<const Value> locals);
  /// The same for an expression that may mention the state `after` by primes.
  Value eval(const State& before, const State& after, ExprId expr, std::span<const Value> locals);
  /// And `result` and `exit`.
  Value eval(const State& before, const Outcome& outcome, ExprId expr,
             std::span<const Value> locals);

  /// The property of one state, or of one execution of an action: `before` --action--> outcome,
  /// which has its locals (RunOptions::keep_locals) where the property is on one action.
  Value holds(PropertyId property, const State& state);
  Value holds(PropertyId property, const State& before, const Outcome& outcome);

  /// The first invariant or lemma, in the order of the module, that is false in the state. Ones
  /// that depend on unknown values count as true.
  std::optional<PropertyId> first_violated_invariant(const State& state);

  /// From now on what evaluations and calls look at and change is added; null: nowhere. Every way
  /// that a call tries counts.
  void record(Footprint* footprint) { executor_.evaluator().footprint = footprint; }

  /// For tests: see Evaluator::visit_all.
  void visit_all(bool on) { executor_.evaluator().visit_all = on; }

  /// For evaluations outside of actions.
  static constexpr std::uint64_t kMaxSteps = 10'000'000;

 private:
  Value run(ExprId expr, std::size_t frame, std::span<const Value> locals);

  std::unique_ptr<Program> program_;
  Executor executor_;
};

/// The state as text, one line for each run that is not initial: `sharing[Inode#1, 0..7] =
/// private`.
std::string state_text(const Module& module, const State& state);

}  // namespace gms::ir::interp
