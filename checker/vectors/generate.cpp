#include "checker/vectors/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "base/parallel.h"
#include "checker/explore/goal_book.h"
#include "checker/explore/shown_value.h"
#include "checker/prove/prove.h"
#include "checker/vectors/changed_judge.h"
#include "checker/vectors/notice.h"
#include "checker/vectors/notice_all.h"
#include "checker/vectors/pairs.h"
#include "checker/vectors/step_book.h"
#include "checker/vectors/unnoticeable.h"
#include "checker/vectors/writer.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

class Generator {
 public:
  Generator(const ir::Module& module, const VectorOptions& options)
      : m_(module),
        options_(options),
        writer_(module, options.not_given),
        premises_(with_premises(module)),
        args_{decltype(KnownArgs::all)(module.actions.size()),
              decltype(KnownArgs::moves)(module.actions.size())},
        known_args_(module.actions.size()) {
    set_.probed = with_probes(module);
    set_.mutations = ir::mutations(module);
    set_.requirements =
        requirements(module, set_.probed, premises_.premises, set_.mutations, options.criteria);
    set_.shown.assign(set_.requirements.size(), Shown::kNotFound);
    index_.emplace(set_.requirements);
    if (std::find(options.criteria.begin(), options.criteria.end(), Criterion::kMutation) !=
        options.criteria.end())
      steps_.emplace(module, options.seed);
  }

  VectorSet run() {
    search();
    say("writing vectors");
    for (const Run& run : runs_)
      if (auto vector = write(run)) candidates_.push_back(std::move(*vector));
    select();
    reach_premises();
    notice_mutations();
    name_vectors();
    if (options_.proofs) prove_impossible();
    return std::move(set_);
  }

 private:
  struct Kernel {
    Kernel(const ir::Module& m, const ir::Module& probed_module, const Valuation& valuation)
        : in(m, valuation), probed(probed_module, valuation) {}
    interp::Interpreter in, probed;
  };
  Kernel& kernel(const Valuation& valuation) {
    std::unique_ptr<Kernel>& one = kernels_[valuation];
    if (one == nullptr) one = std::make_unique<Kernel>(m_, set_.probed.module, valuation);
    return *one;
  }

  void say(const std::string& what) const {
    if (options_.progress) options_.progress(what);
  }

  /// A step on the way: the state before it.
  struct Before {
    interp::State state;
    ir::ActionId action = ir::kNoId;
  };

  // ---- Runs ----

  void search() {
    say("searching calls");
    std::vector<Goal> goals;
    for (const auto& [clause, requirement] : index_->clauses())
      goals.push_back({GoalKind::kClause, clause});
    // What only changes of the spec are wanted for is found on the way to its clauses.
    for (ir::ClauseId clause = 0; clause < m_.clauses.size() && steps_; ++clause)
      if (index_->of_clause(clause) == nullptr) goals.push_back({GoalKind::kClause, clause});
    ExploreOptions exploring;
    exploring.seed = options_.seed;
    exploring.seconds = 3600;
    exploring.max_calls = options_.max_calls;
    exploring.valuations = options_.valuations;
    exploring.first_aside = set_.probed.first_probe;
    exploring.objects_of_lines = true;
    exploring.wants_run = [&](const Valuation& valuation, const ExploreOptions::Step& step,
                              ir::ActionId action, const std::vector<Datum>& args) {
      return finds_pair(valuation, step, action, args);
    };
    exploring.on_call = [&](const ExploreOptions::Made& made) {
      if (made.novel) keep_args(made.action, made.args, made.changes);
      if (steps_) steps_->note(made);
    };
    exploring.on_run = [&](Run run) { runs_.push_back(std::move(run)); };
    exploring.may_call = [&](const Valuation& valuation, const interp::State& state,
                             const RunCall* last, ir::ActionId action,
                             std::span<const Datum> args) {
      return writer_.can_write(kernel(valuation).probed, state, last, action, args);
    };
    ExploreReport report = explore(set_.probed.module, goals, exploring);
    set_.bound = report.bound;
    if (steps_) search_more(exploring, goals);
    for (Reached& reached : report.goals)
      if (reached.run) runs_.push_back(std::move(*reached.run));
    for (const Run& run : runs_)
      for (const RunCall& call : run.calls)
        keep_args(call.action, call.args, true);
  }

  /// Steps under the first valuation and each that differs from it in one parameter: the first
  /// search is about what all of them have in common, and about no value that the environment
  /// chose.
  void search_more(const ExploreOptions& as_before, const std::vector<Goal>& goals) {
    say("searching calls for what notices changes");
    for (const Valuation& one : options_.valuations) {
      std::size_t other = 0;
      for (std::size_t p = 0; p < one.size(); ++p)
        other += one[p] != options_.valuations.front()[p] ? 1 : 0;
      if (other > 1) continue;
      ExploreOptions exploring = as_before;
      exploring.choose_shown_values = true;
      exploring.max_calls = options_.max_calls / 10;
      exploring.valuations = {one};
      exploring.shrink = false;
      explore(set_.probed.module, goals, exploring);
    }
  }

  // ---- Vectors ----

  /// Arguments of calls that ended in new ways, and of those that shortened runs have.
  void keep_args(ir::ActionId action, const std::vector<Datum>& args, bool changes) {
    constexpr std::size_t kMost = 160, kMostMoves = 48;
    std::vector<std::vector<Datum>>&all = args_.all[action], &moves = args_.moves[action];
    if (all.size() >= kMost && (!changes || moves.size() >= kMostMoves)) return;
    std::vector<std::pair<bool, std::uint64_t>> key;
    key.reserve(args.size() + 1);
    for (const Datum& arg : args)
      key.emplace_back(is_none(arg), arg.bits);
    key.emplace_back(changes, 0);
    if (!known_args_[action].insert(std::move(key)).second) return;
    if (all.size() < kMost) all.push_back(args);
    if (changes && moves.size() < kMostMoves) moves.push_back(args);
  }

  /// The run as lines, with all that it shows, and in told_ as they tell it. Nothing if it cannot
  /// be written after all.
  std::optional<TestVector> write(const Run& given) {
    Run run = given;
    Kernel& k = kernel(run.valuation);
    if (!end_aloud(k, run)) return std::nullopt;
    TestVector vector;
    vector.valuation = run.valuation;
    Run told{run.valuation, {}, {}, {}, {}};
    std::set<std::uint32_t> shows;
    interp::State state = k.in.fresh();
    std::optional<Before> before;
    ObjectNames names;
    for (const RunCall& call : run.calls) {
      std::vector<WrittenEvent> ways = writer_.write(k.in, state, names, call.action, call.args);
      if (ways.empty()) return std::nullopt;
      // What comes next relies on this way; of the last call any will do.
      WrittenEvent& way = way_by(ways, call.clause);
      for (const interp::Outcome& outcome :
           k.probed.outcomes(state.with_shape(k.probed.fresh().shape()), call.action, call.args))
        if (set_.probed.is_probe(outcome.clause)) show(outcome.clause, shows);
      for (const ir::ClauseId clause : way.clauses)
        show(clause, shows);
      if (before) {
        for (const ir::StateId f : changed_functions(before->state, state)) {
          const std::uint32_t* const pair = index_->of_pair(before->action, f, call.action);
          if (pair != nullptr &&
              depends_on_step(k.in, before->state, state, f, call.action, call.args))
            shows.insert(*pair);
        }
      }
      VectorLine line{way.line, {}, way.clauses, way.free};
      if (ways.size() > 1) {
        for (const WrittenEvent& other : ways)
          line.allowed.push_back(other.line);
      }
      RunCall made = call;
      if (told_as(k, state, names, way, made)) told.calls.push_back(std::move(made));
      before = Before{state, call.action};
      state = std::move(way.next);
      names = std::move(way.names);
      vector.lines.push_back(std::move(line));
    }
    vector.shows.assign(shows.begin(), shows.end());
    told_.push_back(std::move(told));
    return vector;
  }

  /// A last call that no line stands for alone is followed by one that names what it made.
  bool end_aloud(Kernel& k, Run& run) const {
    if (run.calls.empty() || !writer_.is_silent(run.calls.back().action)) return true;
    interp::State state = k.in.fresh();
    for (const RunCall& call : run.calls) {
      std::vector<interp::Outcome> outcomes = k.in.outcomes(state, call.action, call.args);
      if (outcomes.empty()) return false;
      const auto taken = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& outcome) {
        return outcome.clause == call.clause;
      });
      state = std::move((taken == outcomes.end() ? outcomes.front() : *taken).next);
    }
    const RunCall silent = run.calls.back();
    const interp::State before = std::move(state);
    for (ir::ActionId action = 0; action < m_.actions.size(); ++action) {
      const ir::Action& declared = m_.actions[action];
      for (const std::vector<Datum>& known : args_.all[action]) {
        for (std::size_t i = 0; i < known.size(); ++i) {
          const ir::Type& type = declared.locals[declared.params[i]].type;
          if (type.kind != ir::TypeKind::kHandle || before.live(type.decl).empty()) continue;
          // What is named by a word is not named by an object, too.
          for (std::size_t j = 0; j <= known.size(); ++j) {
            std::vector<Datum> args = known;
            if (j < known.size()) {
              if (!declared.locals[declared.params[j]].type.optional) continue;
              args[j] = Datum::none();
            }
            args[i] = Datum::known(before.live(type.decl).back());
            auto needed = writer_.silent_args(k.in, before, silent, action, args);
            if (!needed) continue;
            run.calls.back().args = std::move(*needed);
            // However it ends: the line says how.
            run.calls.push_back({action, std::move(args), ir::kNoId, 0, {}, 0});
            return true;
          }
        }
      }
    }
    return false;
  }

  /// The vector, of which `told` is the run, is one of the set: what it shows is shown.
  void keep(TestVector vector, const Run& told) {
    for (const std::uint32_t r : vector.shows)
      set_.shown[r] = Shown::kYes;
    set_.vectors.push_back(std::move(vector));
    chosen_runs_.push_back(&told);
  }

  /// The call as the line tells it.
  bool told_as(Kernel& k, const interp::State& state, const ObjectNames& names,
               const WrittenEvent& way, RunCall& call) const {
    for (interp::Outcome& outcome : k.in.outcomes(state, call.action, call.args)) {
      if (outcome.clause != way.clauses.back()) continue;
      choose_shown_values(k.in, state, call.action, call.args, names.chosen_values(), {}, outcome);
      call.clause = outcome.clause;
      call.result = outcome.result;
      call.outputs = outcome.outputs;
      call.choice = 0;
      return true;
    }
    return false;
  }

  void show(ir::ClauseId clause, std::set<std::uint32_t>& shows) const {
    if (const std::uint32_t* const at = index_->of_clause(clause)) shows.insert(*at);
  }

  // ---- Pairs ----

  /// Whether a call shows a pair that none has shown after fewer calls. A pair that often shows
  /// nothing is given up.
  bool finds_pair(const Valuation& valuation, const ExploreOptions::Step& step, ir::ActionId action,
                  const std::vector<Datum>& args) {
    constexpr unsigned kTries = 200;
    bool finds = false;
    for (const ir::StateId f : step.changed) {
      const std::uint32_t* const pair = index_->of_pair(step.action, f, action);
      if (pair == nullptr) continue;
      Tries& tries = tries_[*pair];
      if (tries.made == kTries || tries.shortest <= step.calls) continue;
      ++tries.made;
      if (!depends_on_step(kernel(valuation).probed, step.before, step.after, f, action, args))
        continue;
      tries.shortest = step.calls;
      finds = true;
    }
    return finds;
  }

  // ---- The set ----

  /// Again and again the vector that shows most that is new for its length; then those go whose
  /// part the others have.
  void select() {
    say("choosing vectors");
    std::vector<std::uint32_t> times(set_.requirements.size());
    std::vector<std::size_t> chosen;
    std::vector<bool> taken(candidates_.size());
    for (;;) {
      double best = 0;
      std::size_t at = candidates_.size();
      for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (taken[i]) continue;
        const auto fresh = std::count_if(candidates_[i].shows.begin(), candidates_[i].shows.end(),
                                         [&](std::uint32_t r) { return times[r] == 0; });
        const double score =
            static_cast<double>(fresh) / static_cast<double>(candidates_[i].lines.size());
        if (score > best) best = score, at = i;
      }
      if (at == candidates_.size()) break;
      taken[at] = true;
      chosen.push_back(at);
      for (const std::uint32_t r : candidates_[at].shows)
        ++times[r];
    }
    for (std::size_t i = chosen.size(); i-- > 0;) {
      const TestVector& one = candidates_[chosen[i]];
      if (!std::all_of(one.shows.begin(), one.shows.end(),
                       [&](std::uint32_t r) { return times[r] > 1; }))
        continue;
      for (const std::uint32_t r : one.shows)
        --times[r];
      chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(i));
    }
    std::sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(candidates_[a].lines.size(), candidates_[a].shows) <
             std::pair(candidates_[b].lines.size(), candidates_[b].shows);
    });
    for (const std::size_t i : chosen)
      keep(std::move(candidates_[i]), told_[i]);
  }

  void name_vectors() {
    std::map<std::string, unsigned> used;
    for (TestVector& one : set_.vectors) {
      const std::string clause = clause_text(m_, one.lines.back().clauses.back());
      const unsigned nth = ++used[clause];
      one.name = nth == 1 ? clause : fmt::format("{}.{}", clause, nth);
    }
  }

  // ---- Premises of properties ----

  /// Which premises hold somewhere in the chosen vectors; for each other one a vector, if the
  /// search finds one.
  void reach_premises() {
    std::map<Valuation, std::unique_ptr<interp::Interpreter>> interpreters;
    const auto interpreter = [&](const Valuation& valuation) -> interp::Interpreter& {
      std::unique_ptr<interp::Interpreter>& one = interpreters[valuation];
      if (one == nullptr) one = std::make_unique<interp::Interpreter>(premises_.module, valuation);
      return *one;
    };
    std::map<std::uint32_t, std::uint32_t> open;  // cover -> requirement
    for (std::uint32_t r = 0; r < set_.requirements.size(); ++r)
      for (const Premises::Premise& premise : premises_.premises)
        if (set_.requirements[r].criterion == Criterion::kPremise &&
            set_.requirements[r].property == premise.property)
          open[premise.cover] = r;
    if (open.empty()) return;
    say("looking at the premises of properties");
    const auto note = [&](const Run& run, TestVector& vector) {
      interp::Interpreter& in = interpreter(run.valuation);
      interp::State state = in.fresh();
      for (const RunCall& call : run.calls) {
        interp::RunOptions options;
        options.keep_locals = true;
        std::optional<interp::State> next;
        for (const interp::Outcome& outcome : in.outcomes(state, call.action, call.args, options)) {
          if (outcome.clause != call.clause || next) continue;
          std::erase_if(open, [&](const auto& one) {
            if (!step_reaches(in, {GoalKind::kCover, one.first}, state, call.action, outcome))
              return false;
            set_.shown[one.second] = Shown::kYes;
            vector.shows.push_back(one.second);
            return true;
          });
          next = outcome.next;
        }
        if (!next) return;
        state = std::move(*next);
      }
    };
    for (std::size_t v = 0; v < chosen_runs_.size(); ++v)
      note(*chosen_runs_[v], set_.vectors[v]);
    if (open.empty()) return;
    std::vector<Goal> goals;
    goals.reserve(open.size());
    for (const auto& [cover, requirement] : open)
      goals.push_back({GoalKind::kCover, cover});
    ExploreOptions exploring;
    exploring.seed = options_.seed;
    exploring.seconds = 3600;
    exploring.max_calls = options_.max_calls / 4;
    exploring.valuations = options_.valuations;
    exploring.may_call = [&](const Valuation& valuation, const interp::State& state,
                             const RunCall* last, ir::ActionId action,
                             std::span<const Datum> args) {
      return writer_.can_write(interpreter(valuation), state, last, action, args);
    };
    const ExploreReport report = explore(premises_.module, goals, exploring);
    for (const Reached& reached : report.goals) {
      if (!reached.run || !open.contains(reached.goal.id)) continue;
      std::optional<TestVector> vector = write(*reached.run);
      if (!vector) continue;
      const std::size_t before = open.size();
      note(told_.back(), *vector);  // its last line may have ended in another way
      if (open.size() < before) keep(std::move(*vector), told_.back());
    }
  }

  // ---- Changes of the spec ----

  /// Which changes the chosen vectors notice; for each other one a vector that does, if the search
  /// finds one. What counts is what a judge of the lines says. What is proved to be nothing that
  /// can be noticed is not searched for any longer.
  void notice_mutations() {
    std::vector<std::uint32_t> asked;
    for (std::uint32_t r = 0; r < set_.requirements.size(); ++r)
      if (set_.requirements[r].criterion == Criterion::kMutation) asked.push_back(r);
    if (asked.empty()) return;
    const NoticeInputs inputs{m_,           writer_,      options_, fixed_parameters(),
                              set_.vectors, chosen_runs_, *steps_,  args_};
    std::vector<NoticeAnswer> answers =
        notice_all(inputs, changes(asked), [&] { say("looking for what notices changes"); });
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (!answers[i].vector) continue;
      set_.shown[asked[i]] = Shown::kYes;
      set_.vectors[*answers[i].vector].shows.push_back(asked[i]);
    }
    keep_noticing(asked, answers, inputs.fixed);
    if (options_.proofs) prove_unnoticeable(kAtOnce);
    std::vector<std::uint32_t> open;
    std::vector<NoticeAnswer> last;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (set_.shown[asked[i]] != Shown::kNotFound) continue;
      open.push_back(asked[i]);
      last.push_back(std::move(answers[i]));
    }
    notice_at_random(inputs, changes(open), last,
                     [&] { say("looking further for what notices changes"); });
    keep_noticing(open, last, inputs.fixed);
    if (options_.proofs) prove_unnoticeable(kWithPatience);
  }

  std::vector<const ir::Mutation*> changes(const std::vector<std::uint32_t>& asked) const {
    std::vector<const ir::Mutation*> all;
    for (const std::uint32_t r : asked)
      all.push_back(&set_.mutations[set_.requirements[r].mutation]);
    return all;
  }

  /// A vector for each run that was found. What one notices needs no other.
  void keep_noticing(const std::vector<std::uint32_t>& asked,
                     const std::vector<NoticeAnswer>& answers,
                     const std::map<ir::ParamId, std::uint64_t>& fixed) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (!answers[i].run || set_.shown[asked[i]] == Shown::kYes) continue;
      std::optional<TestVector> vector = write(*answers[i].run);
      if (!vector) continue;
      const std::string lines = lines_text(*vector);
      bool notices = false;
      for (std::size_t j = i; j < asked.size(); ++j) {
        if (set_.shown[asked[j]] == Shown::kYes) continue;
        ChangedSpec changed(m_, set_.mutations[set_.requirements[asked[j]].mutation], fixed);
        if (j != i && !changed.is_noticed_by(told_.back())) continue;
        ChangedJudge judge(m_, changed.changed(), options_.not_given);
        if (!judge.notices(*vector, lines, told_.back())) continue;
        vector->shows.push_back(asked[j]);
        set_.shown[asked[j]] = Shown::kYes;
        notices = true;
      }
      if (notices) keep(std::move(*vector), told_.back());
    }
  }

  // ---- What no run shows ----

  /// What has one value in all valuations has no other.
  std::map<ir::ParamId, std::uint64_t> fixed_parameters() const {
    std::map<ir::ParamId, std::uint64_t> fixed;
    for (ir::ParamId p = 0; p < m_.params.size(); ++p) {
      const std::uint64_t value = options_.valuations.front()[p];
      if (std::all_of(options_.valuations.begin(), options_.valuations.end(),
                      [&](const Valuation& one) { return one[p] == value; }))
        fixed[p] = value;
    }
    return fixed;
  }

  /// Most answers are found at once; the others are worth more time. For each question.
  static constexpr unsigned kAtOnce = 1500, kWithPatience = 4000;  // ms

  /// Changes that make no difference to any call that an event can be.
  void prove_unnoticeable(unsigned milliseconds) {
    if (!proofs_) begin_proofs();
    std::vector<std::uint32_t> asked;
    for (std::uint32_t r = 0; r < set_.requirements.size(); ++r)
      if (set_.requirements[r].criterion == Criterion::kMutation &&
          set_.shown[r] == Shown::kNotFound && !cannot_be_proved_.contains(r))
        asked.push_back(r);
    std::mutex mutex;
    base::parallel_for(asked.size(), options_.jobs, [&](std::size_t i) {
      const ir::Mutation& mutation = set_.mutations[set_.requirements[asked[i]].mutation];
      const Answer noticeable = proofs_->noticeable(mutation, milliseconds);
      const std::lock_guard lock(mutex);
      if (noticeable == Answer::kUnsat) set_.shown[asked[i]] = Shown::kImpossible;
      if (noticeable == Answer::kSat) cannot_be_proved_.insert(asked[i]);
      say("proving that changes make no difference");
    });
  }

  void begin_proofs() {
    ended_.emplace(m_);
    writer_.end_other_calls(*ended_);
    // A proof for all numbers is no harder than one for a certain number.
    std::map<ir::ParamId, std::uint64_t> fixed = fixed_parameters();
    std::erase_if(fixed, [&](const auto& one) {
      return m_.params[one.first].type.kind == ir::TypeKind::kInt;
    });
    std::vector<bool> errors_alike;
    for (ir::ActionId a = 0; a < m_.actions.size(); ++a)
      errors_alike.push_back(writer_.errors_alike(a));
    proofs_.emplace(*ended_, std::move(fixed), std::move(errors_alike));
  }

  void prove_impossible() {
    std::vector<bool> asked(set_.probed.module.clauses.size());
    bool any = false;
    for (const auto& [clause, requirement] : index_->clauses()) {
      asked[clause] = set_.shown[requirement] != Shown::kYes;
      any = any || asked[clause];
    }
    if (!any) return;
    ProveOptions proving;
    proving.fixed = fixed_parameters();
    proving.progress = [&](const std::string& what) { say(what); };
    ir::Module module = set_.probed.module;
    writer_.require_events(module);
    for (const ir::ClauseId dead : impossible_clauses(module, asked, proving))
      if (const std::uint32_t* const at = index_->of_clause(dead))
        set_.shown[*at] = Shown::kImpossible;
  }

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
  std::optional<ir::Module> ended_;     // m_, where calls end at once that no event can be
  std::optional<NoticeProofs> proofs_;  // of it
  std::set<std::uint32_t> cannot_be_proved_;
};

}  // namespace

VectorSet make_vectors(const ir::Module& module, const VectorOptions& options) {
  return Generator(module, options).run();
}

}  // namespace gms::check
