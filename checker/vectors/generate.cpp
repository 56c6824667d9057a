#include "checker/vectors/generate.h"

#include <algorithm>
#include <utility>

#include "checker/explore/goal_book.h"
#include "checker/vectors/generator.h"
#include "checker/vectors/pairs.h"
#include "checker/vectors/probes.h"

namespace gms::check {

namespace interp = ir::interp;

Generator::Generator(const ir::Module& module, const VectorOptions& options)
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

VectorSet Generator::run() {
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

Generator::Kernel& Generator::kernel(const Valuation& valuation) {
  std::unique_ptr<Kernel>& one = kernels_[valuation];
  if (one == nullptr) one = std::make_unique<Kernel>(m_, set_.probed.module, valuation);
  return *one;
}

void Generator::search() {
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
                           const RunCall* last, ir::ActionId action, std::span<const Datum> args) {
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

void Generator::search_more(const ExploreOptions& as_before, const std::vector<Goal>& goals) {
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

void Generator::keep_args(ir::ActionId action, const std::vector<Datum>& args, bool changes) {
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

bool Generator::finds_pair(const Valuation& valuation, const ExploreOptions::Step& step,
                           ir::ActionId action, const std::vector<Datum>& args) {
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

std::map<ir::ParamId, std::uint64_t> Generator::fixed_parameters() const {
  std::map<ir::ParamId, std::uint64_t> fixed;
  for (ir::ParamId p = 0; p < m_.params.size(); ++p) {
    const std::uint64_t value = options_.valuations.front()[p];
    if (std::all_of(options_.valuations.begin(), options_.valuations.end(),
                    [&](const Valuation& one) { return one[p] == value; }))
      fixed[p] = value;
  }
  return fixed;
}

VectorSet make_vectors(const ir::Module& module, const VectorOptions& options) {
  return Generator(module, options).run();
}

}  // namespace gms::check
