// Makes the vectors of a spec: runs, found by search, are written as lines, the ones that show most
// are chosen, and for what is still open more are looked for.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checker/vectors/generate.h"
#include "checker/vectors/notice_all.h"
#include "checker/vectors/premises.h"
#include "checker/vectors/requirements.h"
#include "checker/vectors/step_book.h"
#include "checker/vectors/unnoticeable.h"
#include "checker/vectors/writer.h"
#include "ir/interp/interpreter.h"

namespace gms::check {

/// For one set. Its steps stand in generate_*.cpp.
class Generator {
 public:
  Generator(const ir::Module& module, const VectorOptions& options);
  VectorSet run();

 private:
  struct Kernel {
    Kernel(const ir::Module& m, const ir::Module& probed_module, const Valuation& valuation)
        : in(m, valuation), probed(probed_module, valuation) {}
    ir::interp::Interpreter in, probed;
  };
  Kernel& kernel(const Valuation& valuation);
  void say(const std::string& what) const {
    if (options_.progress) options_.progress(what);
  }
  /// A step on the way: the state before it.
  struct Before {
    ir::interp::State state;
    ir::ActionId action = ir::kNoId;
  };

  // ---- Runs ----
  void search();
  /// Steps under the first valuation and each that differs from it in one parameter: the first
  /// search is about what all of them have in common, and about no value that the environment
  /// chose.
  void search_more(const ExploreOptions& as_before, const std::vector<Goal>& goals);

  // ---- Vectors ----
  /// Arguments of calls that ended in new ways, and of those that shortened runs have.
  void keep_args(ir::ActionId action, const std::vector<Datum>& args, bool changes);
  /// The run as lines, with all that it shows, and in told_ as they tell it. Nothing if it cannot
  /// be written after all.
  std::optional<TestVector> write(const Run& given);
  /// A last call that no line stands for alone is followed by one that names what it made.
  bool end_aloud(Kernel& k, Run& run) const;
  /// The vector, of which `told` is the run, is one of the set: what it shows is shown.
  void keep(TestVector vector, const Run& told);
  /// The call as the line tells it.
  bool told_as(Kernel& k, const ir::interp::State& state, const ObjectNames& names,
               const WrittenEvent& way, RunCall& call) const;
  void show(ir::ClauseId clause, std::set<std::uint32_t>& shows) const;

  // ---- Pairs ----
  /// Whether a call shows a pair that none has shown after fewer calls. A pair that often shows
  /// nothing is given up.
  bool finds_pair(const Valuation& valuation, const ExploreOptions::Step& step, ir::ActionId action,
                  const std::vector<Datum>& args);

  // ---- The set ----
  /// Again and again the vector that shows most that is new for its length; then those go whose
  /// part the others have.
  void select();
  void name_vectors();

  // ---- Premises of properties ----
  /// Which premises hold somewhere in the chosen vectors; for each other one a vector, if the
  /// search finds one.
  void reach_premises();

  // ---- Changes of the spec ----
  /// Which changes the chosen vectors notice; for each other one a vector that does, if the search
  /// finds one. What counts is what a judge of the lines says. What is proved to be nothing that
  /// can be noticed is not searched for any longer.
  void notice_mutations();
  std::vector<const ir::Mutation*> changes(const std::vector<std::uint32_t>& asked) const;
  /// A vector for each run that was found. What one notices needs no other.
  void keep_noticing(const std::vector<std::uint32_t>& asked,
                     const std::vector<NoticeAnswer>& answers,
                     const std::map<ir::ParamId, std::uint64_t>& fixed);

  // ---- What no run shows ----
  /// What has one value in all valuations has no other.
  std::map<ir::ParamId, std::uint64_t> fixed_parameters() const;
  /// Changes that make no difference to any call that an event can be.
  void prove_unnoticeable(unsigned milliseconds);
  void begin_proofs();
  void prove_impossible();

  const ir::Module& m_;
  const VectorOptions& options_;
  EventWriter writer_;
  Premises premises_;
  VectorSet set_;
  std::optional<RequirementIndex> index_;
  std::map<Valuation, std::unique_ptr<Kernel>> kernels_;
  std::vector<Run> runs_;
  struct Tries {
    unsigned made = 0, shortest = ~0U;
  };
  std::map<std::uint32_t, Tries> tries_;  // by requirement
  std::vector<TestVector> candidates_;
  std::deque<Run> told_;                 // the same as runs; addresses stay
  std::vector<const Run*> chosen_runs_;  // in step with set_.vectors
  KnownArgs args_;
  std::optional<StepBook> steps_;  // if changes are to be noticed
  std::vector<std::set<std::vector<std::pair<bool, std::uint64_t>>>> known_args_;
  std::optional<NoticeProofs> proofs_;  // if changes are to be noticed
  std::set<std::uint32_t> cannot_be_proved_;
};

}  // namespace gms::check
