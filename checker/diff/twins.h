// Both versions, called side by side: what each of them may answer to the same call after the same
// history. Where the environment has chosen something that nobody saw, a side is in one of several
// states, and all are followed.
#pragma once

#include <optional>
#include <vector>

#include "checker/diff/finding.h"
#include "checker/diff/join.h"
#include "ir/interp/interpreter.h"

namespace gms::diff {

/// States that each side may be in, given that all calls so far ended alike.
struct PairState {
  std::vector<ir::interp::State> old, now;
};

/// In what sets of ends differ.
struct Unlike {
  RuleId rule = RuleId::kCallRefused;
  Level level = Level::kBreak;
  std::vector<ir::ClauseId> old_clauses, new_clauses;  // ascending
};

class Twins {
 public:
  /// Must outlive it and its states.
  explicit Twins(const Joint& joint);

  PairState fresh() const;

  struct Answer {
    bool comparable = false;  // false: a limit was met, or a side lacks the call
    std::vector<End> old_ends, new_ends;
    std::optional<Unlike> unlike;
    /// By end of the old side: what both have gone to, if the new one may end alike.
    std::vector<std::optional<PairState>> next;
  };
  /// `successors`: also where the calls lead to.
  Answer call(const PairState& state, const PairCall& call, bool successors = true);

  /// The same where both sides are known to do the same from equal states, for half the price: no
  /// difference is looked for.
  Answer call_alike(const PairState& state, const PairCall& call);

  /// State functions that differ between the sides, of those that both have.
  std::vector<ir::StateId> differing(const PairState& state) const;

  const Joint& joint() const { return joint_; }
  const ir::interp::State& fresh_old() const { return fresh_.old.front(); }

 private:
  struct Side {
    std::vector<End> ends;
    std::vector<std::vector<ir::interp::State>> next;  // by end
  };
  bool run(ir::interp::Interpreter& in, bool is_old, const std::vector<ir::interp::State>& from,
           const PairCall& call, bool successors, Side& out);

  const Joint& joint_;
  ir::interp::Interpreter old_, now_;
  PairState fresh_;
};

/// A value that one output may have covers another: it is the same, or anything.
bool covers(const check::Datum& general, const check::Datum& special);

}  // namespace gms::diff
