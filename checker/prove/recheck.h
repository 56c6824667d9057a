// Proves the properties of one action again after a change of it: much less than prove(), and
// enough to say whether the change is noticed.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checker/prove/prove.h"
#include "ir/ir.h"

namespace gms::check {

struct RecheckOptions {
  std::map<ir::ParamId, std::uint64_t> fixed;  // others: all their values
  unsigned milliseconds = 3000;                // for one query
  double seconds = 20;                         // of CPU, for one action; what is left is undecided
};

/// What one action, run once, does to the properties.
struct ActionVerdicts {
  std::map<std::uint32_t, Verdict> properties;  // invariants and two-state properties on it
  std::map<std::uint32_t, Verdict> covers;      // on it; proved: some execution satisfies it
  std::set<ir::ClauseId> dead;                  // exits that no execution takes
};

/// A property that was proved (a cover that was satisfiable) and is refuted now, or an exit that
/// was taken and cannot be now.
struct RecheckKill {
  std::uint32_t property = ir::kNoId;
  ir::ClauseId dead = ir::kNoId;
  ir::ActionId action = ir::kNoId;
  bool is_cover = false;
};

/// Hypotheses are the invariants of the module that are not expected to be refuted, for the
/// original and for what it is compared with alike. May be used by several threads.
class Recheck {
 public:
  /// `original` in the atomic reading; it must outlive this.
  Recheck(const ir::Module& original, RecheckOptions options);
  ~Recheck();

  /// Of the original; computed once.
  const ActionVerdicts& baseline(ir::ActionId action);

  /// `changed` has the ids of the original, and only runs that pass one of the statements may
  /// differ. That no run takes the exit `dropped` is what was changed, and no finding. Nothing: not
  /// noticed, or undecided.
  std::optional<RecheckKill> kill(const ir::Module& changed, ir::ActionId action,
                                  const std::set<ir::StmtId>& statements, ir::ClauseId dropped);

  /// A law in which one of the actions is called, and which is refuted now.
  std::optional<RecheckKill> broken_law(const ir::Module& changed,
                                        const std::vector<ir::ActionId>& actions);

 private:
  struct Entry {
    std::mutex mutex;
    std::optional<ActionVerdicts> verdicts;
  };
  /// Of the law in this module; several threads may ask.
  Verdict law(const ir::Module& module, std::uint32_t property) const;

  const ir::Module& m_;
  RecheckOptions options_;
  std::vector<std::unique_ptr<Entry>> entries_;  // by action
  std::mutex laws_mutex_;
  std::map<std::uint32_t, Verdict> laws_;  // of the original, as far as they were asked for
};

}  // namespace gms::check
