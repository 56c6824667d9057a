// Which goals are open, and which of them one step or one state may reach.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/explore/explore.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

class GoalBook {
 public:
  GoalBook(const ir::Module& module, const std::vector<Goal>& goals);

  bool clause_open(ir::ClauseId clause) const { return clauses_[clause]; }
  bool property_open(std::uint32_t property) const { return properties_[property]; }
  /// Open properties and covers on a step of the action.
  const std::vector<std::uint32_t>& on_step(ir::ActionId action) const { return on_step_[action]; }
  /// Open invariants, lemmas and covers of one state.
  const std::vector<std::uint32_t>& on_state() const { return on_state_; }
  const std::vector<std::uint32_t>& laws() const { return laws_; }

  /// Whether the property can have become false or true by a change of these functions and live
  /// sets (as Fingerprinter::by_function counts them).
  bool meets(std::uint32_t property, const std::vector<bool>& changed) const;

  void close(const Goal& goal);
  /// How much the open goals depend on what the function holds: 1, and one more for each clause
  /// whose condition reads it, for each cover, and for each property that is expected to fail.
  std::vector<double> interest() const;
  std::size_t open_clauses() const { return open_clauses_; }
  std::size_t open_covers() const { return open_covers_; }
  std::size_t open_violations() const { return open_violations_; }
  std::size_t open() const { return open_clauses_ + open_covers_ + open_violations_; }

 private:
  const ir::Module& m_;
  std::vector<bool> clauses_, properties_;
  std::vector<std::vector<std::uint32_t>> on_step_;
  std::vector<std::uint32_t> on_state_, laws_;
  std::vector<std::vector<std::uint32_t>> reads_;       // by property
  std::vector<std::vector<ir::StateId>> clause_reads_;  // by clause
  std::size_t open_clauses_ = 0, open_covers_ = 0, open_violations_ = 0;
};

/// The goal of a property: violated, or a cover satisfied.
Goal goal_of(const ir::Module& module, std::uint32_t property);
/// The property reads one state, not a step and not a law.
bool is_on_state(const ir::Property& property);

/// Whether the step or the state it leads to reaches the goal. Not for laws.
bool step_reaches(ir::interp::Interpreter& interpreter, const Goal& goal,
                  const ir::interp::State& before, ir::ActionId action,
                  const ir::interp::Outcome& outcome);
bool state_reaches(ir::interp::Interpreter& interpreter, std::uint32_t property,
                   const ir::interp::State& state);

}  // namespace gms::check
