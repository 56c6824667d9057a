// Finding short runs from the fresh system on the reference interpreter: that a clause fires, that
// a cover is satisfied, that a property is violated. What is found is a proof, replayed; what is
// not found is unknown, with the bound up to which it was looked for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/conform/datum.h"
#include "checker/conform/valuation.h"
#include "checker/prove/prove.h"
#include "ir/interp/state.h"
#include "ir/ir.h"

namespace gms::check {

// ---- Goals ----

enum class GoalKind : std::uint8_t {
  kClause,     // id: ClauseId; some call leaves by it
  kCover,      // id: index into Module::properties
  kViolation,  // id: the same; of an invariant, lemma, two-state property or law
};
struct Goal {
  GoalKind kind = GoalKind::kClause;
  std::uint32_t id = ir::kNoId;
  friend bool operator==(const Goal&, const Goal&) = default;
};

/// Every clause, every cover, every invariant, lemma, two-state property and law, in the order of
/// the module.
std::vector<Goal> all_goals(const ir::Module& module);
/// clause/close.no_fd, cover/host_access, violation/no_host_private
std::string goal_text(const ir::Module& module, const Goal& goal);

// ---- Runs ----

/// One call and how it ended. Handles have the numbers that the interpreter gives them.
struct RunCall {
  ir::ActionId action = ir::kNoId;
  std::vector<Datum> args;
  ir::ClauseId clause = ir::kNoId;
  std::uint64_t result = 0;  // an Errno
  std::vector<Datum> outputs;
  /// Which of the outcomes that leave by this clause, in the order of the interpreter.
  std::uint32_t choice = 0;
};

/// Calls from the fresh system. The last one reaches the goal, or leads to the state that does.
struct Run {
  Valuation valuation;  // by ParamId
  std::vector<RunCall> calls;
  /// Of a law that is violated in the state after `calls`: values of its parameters, and the calls
  /// of both sides.
  std::vector<Datum> law_args;
  std::vector<RunCall> left, right;
};

/// As strace would print it, one call in a line, results behind; objects are called `fd1`,
/// `mapping2` in the order in which they were made. First the parameters that differ from their
/// defaults.
std::string run_text(const ir::Module& module, const Run& run);

// ---- Search ----

struct ExploreOptions {
  std::uint64_t seed = 1;
  double seconds = 20;  // of CPU, for everything
  std::uint64_t max_calls =
      0;                   // 0: no bound. Makes a search reproducible where `seconds` does not bind
  unsigned max_depth = 9;  // of the breadth-first search; walks go twice as deep
  unsigned beam = 48;      // states of one depth that are expanded; doubled again and again
  /// The first one gets most of the time, the others what is open by then and may depend on what
  /// they change. Empty: the default, then each parameter changed alone.
  std::vector<Valuation> valuations;
  bool shrink = true;
  /// Stop when so many goals, the first ones, are reached (0: all of them), though not before
  /// `min_calls`. The others make the search look around.
  std::size_t needed = 0;
  std::uint64_t min_calls = 0;
  struct Made {
    const Valuation& valuation;
    const ir::interp::State& before;
    ir::ActionId action;
    const std::vector<Datum>& args;
    bool novel;                // it ended in a way that none before did
    bool changes;              // the state, in some outcome
    std::function<Run()> way;  // from the fresh system to `before`
  };
  /// Called after each call. The state must be given another shape to outlive the search.
  std::function<void(const Made&)> on_call;
  /// If set: runs consist of calls of which it says so. `last` led to the state; null: none did.
  std::function<bool(const Valuation&, const ir::interp::State&, const RunCall* last, ir::ActionId,
                     std::span<const Datum> args)>
      may_call;
  /// If set: asked about each call that is made after another one, the step. If it says yes,
  /// `on_run` gets the run that ends with the call.
  struct Step {
    const ir::interp::State& before;
    ir::ActionId action;
    const ir::interp::State& after;
    const std::vector<ir::StateId>& changed;  // what differs
    unsigned calls;                           // from the fresh system to `after`
  };
  std::function<bool(const Valuation&, const Step&, ir::ActionId, const std::vector<Datum>& args)>
      wants_run;
  std::function<void(Run)> on_run;
  /// Where a call shows a value that the environment chose, it is one that nobody has seen. Else no
  /// run goes on behind such a call.
  bool choose_shown_values = false;
  bool objects_of_lines = false;  // ArgPools
  /// Exits from here on are goals only: no run goes on behind one.
  ir::ClauseId first_aside = ir::kNoId;
};

/// How far the search went: the bound of every goal that was not found.
struct ExploreBound {
  std::uint64_t states = 0;  // different ones, up to the names of handles
  std::uint64_t expanded = 0;
  std::uint64_t calls = 0;
  unsigned depth = 0;           // of the deepest state that was expanded breadth-first
  unsigned complete_depth = 0;  // up to here no state that the calls tried lead to was left out
  std::uint64_t walks = 0;
  std::uint64_t groups = 0;  // of calls that overlapped: `calls` are steps then
  std::uint64_t seed = 0;
  std::size_t valuations = 0;
  double seconds = 0;
};
/// "not found in 12034 states, 301220 calls, depth 9, 12 walks, seed 1"
std::string bound_text(const ExploreBound& bound);

struct Reached {
  Goal goal;
  std::optional<Run> run;  // none: not found, which is unknown and never "unreachable"
  double seconds = 0;      // when it was found
};
struct ExploreReport {
  std::vector<Reached> goals;  // as asked
  ExploreBound bound;
  const Reached* find(const Goal& goal) const;
};

/// `module` is the atomic reading (ir/atomic.h) and outlives the call.
ExploreReport explore(const ir::Module& module, const std::vector<Goal>& goals,
                      const ExploreOptions& options = {});

/// Whether the run, called again from the fresh system, ends as it says and reaches the goal.
bool replays(const ir::Module& module, const Run& run, const Goal& goal);

// ---- What a solver found ----

enum class ReplayVerdict : std::uint8_t {
  kReplayed,  // the interpreter shows what the solver claims
  kDiffers,   // it does not: our bug, or the encoding knows less than the interpreter
};
struct Replay {
  ReplayVerdict verdict = ReplayVerdict::kDiffers;
  /// kDiffers: the fact, clause or property on which they disagree. kReplayed: empty.
  std::string difference;
  /// Invariants that the completed state violates before the call, by name: no valid state. The
  /// completion may be at fault.
  std::vector<std::string> broken_before;
  /// kReplayed, with an action: the call as the interpreter ran it.
  std::optional<RunCall> call;
  /// kReplayed, a property that is violated by the call: for which of its variables, "p = 2".
  std::string at;
};

/// Builds the state of the obligation's candidate, makes its call and looks whether what the
/// obligation claims (violated: kInitial, kPreserved, kTwoState, kLaw; possible: kFires, kCover)
/// can be observed. The state is completed in several ways (checker/prove/completion.h); the first
/// that shows the claim and is valid counts, else the first that shows it.
Replay replay_candidate(const ir::Module& module, const Obligation& obligation);

/// The facts of the candidate's state that are not initial, the call with what the interpreter
/// makes of it, and what is violated: several lines, in the spec's words.
std::string candidate_text(const ir::Module& module, const Obligation& obligation);

/// A refutation for people: a run from the fresh system, else a counterexample to induction.
struct Refutation {
  std::optional<Run> run;      // the shortest that was found
  std::optional<Replay> step;  // no run, a candidate: whether its step replays
  ExploreBound bound;
  std::string text;  // the run or the candidate, and which of the two it is
};

/// `report`: a search that was made before and may have the run already; may be null.
/// `refuted`: the obligation with its candidate; may be null.
Refutation refute(const ir::Module& module, std::uint32_t property, const Obligation* refuted,
                  const ExploreReport* report, const ExploreOptions& options = {});

}  // namespace gms::check
