// Makes the obligations of one property and has the solvers answer them. An action's paths are
// encoded once; each obligation is a small query on top.
#pragma once

#include <functional>
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

/// Several threads may examine at once, as long as no two of them are at the same action.
class Examiner {
 public:
  /// Both must outlive this.
  Examiner(const ir::Module& module, const ProveOptions& options);

  /// The invariants to assume, from now on. Not while anybody examines.
  void assume(const std::set<std::uint32_t>& properties) { hypotheses_ = properties; }

  /// The fresh system has the invariant.
  Examined initial(std::uint32_t property);
  /// No path of the action leads from a state with the invariant to one without.
  Examined preserved(std::uint32_t property, ir::ActionId action);
  /// Every execution of the action has the two-state property.
  Examined two_state(std::uint32_t property, ir::ActionId action);
  Examined law(std::uint32_t property);
  /// Some execution of the action satisfies the cover; kNoId: some state does.
  Examined cover(std::uint32_t property, ir::ActionId action);
  /// Each clause of the action can decide its outcome.
  /// If `asked`, by ClauseId, is not null: those of them.
  Examined fires(ir::ActionId action, const std::vector<bool>* asked = nullptr);

  /// How much work the action makes: its paths. Encodes them.
  std::size_t paths_of(ir::ActionId action) { return context(action).paths.size(); }

 private:
  struct ActionContext {  // an arbitrary state, arbitrary arguments, every path out
    std::unique_ptr<ir::smt::TermStore> terms;
    std::unique_ptr<ir::smt::Encoder> encoder;
    std::vector<ir::smt::SymValue> args;
    std::vector<ir::smt::Path> paths;
    std::shared_ptr<SolverContext> solver;
    bool ok = false;
  };
  struct Asked {  // what a model is read back with, and where queries of the action are made
    const std::vector<ir::smt::SymValue>* args = nullptr;
    const ir::smt::Path* path = nullptr;
    std::shared_ptr<SolverContext> solver = nullptr;
  };

  ActionContext& context(ir::ActionId action);
  /// The state and call of the context, on the path.
  ir::smt::Encoder encoder_on(const ActionContext& ctx, const ir::smt::Path& path) const;
  /// Those that matter for this property and action; either may be missing.
  void assume_invariants(ir::smt::Encoder& enc, std::uint32_t property, ir::ActionId action) const;
  unsigned patience(std::uint32_t property) const;
  /// Whether the path changes something that the property reads.
  bool may_break(std::uint32_t property, const ir::smt::Path& path) const;
  /// A new obligation; `what` and the number of those named so before make its name.
  static Obligation& start(Examined& out, ObligationKind kind, const std::string& what);
  Obligation& start_on(Examined& out, ObligationKind kind, std::uint32_t property,
                       ir::ActionId action, const ir::smt::Path& path) const;
  /// Asks the solvers whether the axioms can hold together, and reads the verdict from that.
  void settle(Obligation& o, ir::smt::Encoder& enc, unsigned milliseconds, bool want_sat,
              const Asked& asked);
  void ask_other_solver(Obligation& o, const std::string& text, const SolverLimits& limits,
                        Answer& answer) const;
  /// One obligation for each path of the action on which the property can fail.
  Examined on_paths(ObligationKind kind, std::uint32_t property, ir::ActionId action,
                    const std::function<ir::smt::Encoder(const ir::smt::Path&)>& encode);

  const ir::Module& m_;
  const ProveOptions& options_;
  std::set<std::uint32_t> hypotheses_;  // properties: invariants in the candidate inductive set
  std::vector<ActionContext> contexts_;
  std::vector<ir::smt::Footprint> footprints_;  // by property
  std::vector<bool> about_one_call_;            // by property: a guess about one call at a place
  std::mutex emitting_;
};

}  // namespace gms::check
