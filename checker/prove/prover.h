// The work behind prove(): which obligations there are, on several threads, until the invariants
// that remain are mutually inductive.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "checker/prove/examiner.h"
#include "checker/prove/prove.h"

namespace gms::check {

class Prover {
 public:
  Prover(const ir::Module& module, const ProveOptions& options);
  ProveReport run();
  std::vector<ir::ClauseId> impossible(const std::vector<bool>& asked);

 private:
  /// A part of the work: tasks at one action run one after the other.
  struct Task {
    std::uint32_t property = ir::kNoId;
    ir::ActionId action = ir::kNoId;
    std::function<Examined()> work;
    Examined done;
  };

  bool selected(std::uint32_t property) const;
  /// The obligations of a property, as tasks.
  void plan(std::uint32_t property, std::vector<Task>& tasks);
  /// Those of guesses, together where that is possible. Takes these out of `properties`.
  void plan_guesses(std::set<std::uint32_t>& properties, std::vector<Task>& tasks);
  void add(std::vector<Task>& tasks, std::uint32_t property, ir::ActionId action,
           std::function<Examined()> work);
  /// Runs them on all threads; the report gets the results in the order of the tasks.
  void carry_out(std::vector<Task> tasks);
  void file(Task task);
  /// Takes out of the report what was found under hypotheses that no longer stand.
  void forget(const std::set<std::uint32_t>& properties);
  void judge(const std::set<std::uint32_t>& properties);
  bool is_proved(std::uint32_t property);
  bool uses_any(std::uint32_t property, const std::set<std::uint32_t>& invariants);
  /// The selected properties, and every invariant that their proofs rest on: the hypotheses are
  /// only ever members of one mutually inductive set.
  void judge_selected();
  void assume_all_invariants();
  void judge_clauses();
  PropertyVerdict& verdict_of(std::uint32_t property);
  void summarize();

  const ir::Module& m_;
  ProveOptions options_;
  Examiner examiner_;
  ProveReport report_;
  std::set<std::uint32_t> hypotheses_;  // properties: invariants in the candidate inductive set
};

}  // namespace gms::check
