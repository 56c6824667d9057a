// The work behind prove(): which obligations there are, on several threads, until the invariants
// that remain are mutually inductive.
#pragma once

#include <functional>
#include <map>
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
  /// A property at one action; without one what is asked of it once (initial state, law, cover).
  struct Question {
    std::uint32_t property = ir::kNoId;
    ir::ActionId action = ir::kNoId;
    auto operator<=>(const Question&) const = default;
  };
  using Questions = std::set<Question>;
  using Work = std::function<Examined(Examiner&)>;
  /// A part of the work.
  struct Task {
    Question about;  // of several guesses together: no property
    Work work;
    Examined done;
  };

  bool selected(std::uint32_t property) const;
  /// What there is to ask of a property.
  void add_all(std::uint32_t property, Questions& to) const;
  Work work_on(const Question& question);
  /// One task for each question, or for guesses about one place together.
  std::vector<Task> plan(const Questions& questions);
  /// How much work a question about the action makes.
  std::size_t exits_of(ir::ActionId action) const;
  /// Runs them on all threads; the report gets the results in the order of the tasks.
  void carry_out(std::vector<Task> tasks);
  void file(Task task);
  /// Takes out of the report what was found under hypotheses that no longer stand.
  void forget(const Questions& questions);
  void judge(Questions questions);
  bool is_proved(std::uint32_t property);
  /// Judges, and asks again whatever rests on an invariant that failed, until none does. If given,
  /// `judged` are the properties that count: invariants that their proofs rest on join them.
  void settle(Questions pending, std::set<std::uint32_t>* judged);
  void sift_guesses();
  /// The selected properties, and every invariant that their proofs rest on: the hypotheses are
  /// only ever members of one mutually inductive set.
  void judge_selected();
  void assume_all_invariants();
  void judge_clauses();
  PropertyVerdict& verdict_of(std::uint32_t property);
  void summarize();

  const ir::Module& m_;
  ProveOptions options_;
  Subjects subjects_;
  ProveReport report_;
  std::set<std::uint32_t> hypotheses_;  // properties: invariants in the candidate inductive set
  std::set<std::uint32_t> dropped_;     // those that were in it
  std::map<Question, std::size_t> by_frame_;
  Questions asked_;                               // what the report has answers to
  std::map<std::string, std::uint32_t> by_name_;  // the invariants
};

}  // namespace gms::check
