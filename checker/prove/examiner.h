// Makes the obligations of one property and has the solvers answer them. An action's paths are
// encoded once; each obligation is a small query on top.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "checker/prove/prove.h"
#include "ir/smt/encode.h"
#include "ir/smt/footprint.h"
#include "ir/smt/paths.h"

namespace gms::check {

/// The answers to a part of the obligations of a property.
struct Examined {
  std::vector<Obligation> obligations;
  std::size_t by_frame = 0;  // paths that touch nothing the property reads
  std::string failed;        // what could not be encoded; empty if all was
};

/// What the properties of a module speak of, by property.
struct Subjects {
  Subjects(const ir::Module& module, const ProveOptions& options);
  std::vector<ir::smt::Footprint> footprints;
  /// A guess `all c of Call : ...` about a place: what preserved_together() takes.
  std::vector<bool> about_a_call;
  std::vector<bool> about_one_call;  // and about no other call
  /// By action: functions of calls that it stores to at its own call only.
  std::vector<std::set<ir::StateId>> own_stores;
};

/// For one thread. What it has encoded of an action serves all that it is asked about it.
class Examiner {
 public:
  /// `hypotheses` are the invariants to assume. All must outlive this; `emitting` is taken while
  /// ProveOptions::emit is called.
  Examiner(const ir::Module& module, const ProveOptions& options, const Subjects& subjects,
           const std::set<std::uint32_t>& hypotheses, std::mutex& emitting);

  /// The fresh system has the invariant.
  Examined initial(std::uint32_t property);
  /// No path of the action leads from a state with the invariant to one without.
  Examined preserved(std::uint32_t property, ir::ActionId action);
  /// The same for guesses about calls at one place, all at once: they mostly hold, and a model
  /// says which do not. An obligation for each of them and each path until it fails; where paths
  /// end in the same state, one for all of them if what they have in common proves it.
  Examined preserved_together(const std::vector<std::uint32_t>& guesses, ir::ActionId action);
  /// Every execution of the action has the two-state property.
  Examined two_state(std::uint32_t property, ir::ActionId action);
  Examined law(std::uint32_t property);
  /// Some execution of the action satisfies the cover; kNoId: some state does.
  Examined cover(std::uint32_t property, ir::ActionId action);
  /// Each clause of the action can decide its outcome.
  /// If `asked`, by ClauseId, is not null: those of them.
  Examined fires(ir::ActionId action, const std::vector<bool>* asked = nullptr);

 private:
  struct ActionContext {  // an arbitrary state, arbitrary arguments, every path out
    std::unique_ptr<ir::smt::TermStore> terms;
    std::unique_ptr<ir::smt::Encoder> encoder;
    std::vector<ir::smt::SymValue> args;
    std::vector<ir::smt::Path> paths;
    /// Paths that end in the same state, in the order of the first of them.
    std::vector<std::vector<const ir::smt::Path*>> same_end;
    std::shared_ptr<SolverContext> solver;
    bool ok = false;
  };
  struct Asked {  // what a model is read back with, and where queries of the action are made
    const std::vector<ir::smt::SymValue>* args = nullptr;
    const ir::smt::Path* path = nullptr;
    std::shared_ptr<SolverContext> solver = nullptr;
  };

  ActionContext& context(ir::ActionId action);
  /// If not, `out` says so.
  bool is_encoded(const ActionContext& ctx, ir::ActionId action, Examined& out) const;
  /// The state and call of the context, on the path.
  ir::smt::Encoder encoder_on(const ActionContext& ctx, const ir::smt::Path& path) const;
  /// Most of what there is to prove follows from little: the property itself, that with what
  /// earlier proofs about this action used, or with the guesses about the places at hand. The rest
  /// would only be in the solver's way. With all of them at every point a model means something,
  /// and only then.
  enum class Hypotheses : std::uint8_t { kItself, kUsedBefore, kOfPlaces, kAllAtReads, kAll };
  /// Those that matter for this property and action; either may be missing.
  void assume_invariants(ir::smt::Encoder& enc, std::uint32_t property, ir::ActionId action,
                         Hypotheses which = Hypotheses::kAll) const;
  /// In the stepwise reading, which to try before all of them at every point.
  static constexpr std::array kAttempts{Hypotheses::kItself, Hypotheses::kUsedBefore,
                                        Hypotheses::kOfPlaces, Hypotheses::kAllAtReads};
  static unsigned patience_with(Hypotheses which);
  unsigned patience(std::uint32_t property) const;
  /// Whether the path changes something that the property reads.
  bool may_break(std::uint32_t property, ir::ActionId action, const ir::smt::Path& path) const;
  /// A new obligation; `what` and the number of those named so before make its name.
  static Obligation& start(Examined& out, ObligationKind kind, const std::string& what);
  Obligation& start_on(Examined& out, ObligationKind kind, std::uint32_t property,
                       ir::ActionId action, const ir::smt::Path& path) const;
  /// Asks the solvers whether the axioms can hold together, and reads the verdict from that.
  void settle(Obligation& o, ir::smt::Encoder& enc, unsigned milliseconds, bool want_sat,
              const Asked& asked);
  /// Whether the hypotheses of this attempt, which `enc` has, prove it; then that is filed. If not,
  /// `model` gets what the solver found, if anything.
  bool prove_with(Hypotheses which, Obligation& o, ir::smt::Encoder& enc, const Asked& asked,
                  std::unique_ptr<SolverModel>* model = nullptr);
  /// What the solver said, as a verdict.
  void note(Obligation& o, ir::smt::Encoder& enc, Decision& decision, bool want_sat,
            const Asked& asked);
  /// A guess that holds after a path, and the hypotheses that its proof rests on: others may be
  /// easier to prove with it.
  struct Known {
    std::uint32_t property = ir::kNoId;
    std::vector<std::string> used;
  };
  /// The guesses in `asked` are to be proved on the path; answers those that are not. The others
  /// become known.
  std::vector<std::uint32_t> not_preserved(Examined& out, const std::vector<std::uint32_t>& asked,
                                           ir::ActionId action, const ir::smt::Path& path,
                                           std::vector<Known>& known);
  /// The obligations with these numbers in `out`, on a path. Answers which of them are not proved
  /// yet: together they may be too much.
  std::vector<std::size_t> ask_together(Examined& out, std::vector<std::size_t> asked,
                                        const ir::smt::Path& path);
  bool prove_alone(Obligation& o, const ir::smt::Path& path, const std::vector<Known>& known);
  /// Some of them in one query. If they are not proved, those that the solver's model breaks.
  bool prove_part(Examined& out, const std::vector<std::size_t>& part, const ir::smt::Path& path,
                  Hypotheses which, std::vector<std::size_t>& wrong);
  void ask_other_solver(Obligation& o, const std::string& text, const SolverLimits& limits,
                        Answer& answer) const;
  /// One obligation for each path of the action on which the property can fail.
  Examined on_paths(
      ObligationKind kind, std::uint32_t property, ir::ActionId action,
      const std::function<ir::smt::Encoder(const ir::smt::Path&, Hypotheses)>& encode);

  const ir::Module& m_;
  const ProveOptions& options_;
  const Subjects& subjects_;
  const std::set<std::uint32_t>& hypotheses_;
  std::map<ir::ActionId, ActionContext> contexts_;
  std::map<ir::ActionId, std::set<std::string>> used_;  // the hypotheses that proofs rested on
  static constexpr std::size_t kManyUsed = 24;          // a solver that says so cannot tell
  std::mutex& emitting_;
};

}  // namespace gms::check
