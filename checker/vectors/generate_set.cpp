// Runs as vectors, and which of them make the set.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checker/explore/shown_value.h"
#include "checker/vectors/generator.h"
#include "checker/vectors/pairs.h"

namespace gms::check {

namespace interp = ir::interp;

namespace {

/// Nothing if one of its calls is impossible.
std::optional<interp::State> state_after(interp::Interpreter& in, const Run& run) {
  interp::State state = in.fresh();
  for (const RunCall& call : run.calls) {
    std::vector<interp::Outcome> outcomes = in.outcomes(state, call.action, call.args);
    if (outcomes.empty()) return std::nullopt;
    const auto taken = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& outcome) {
      return outcome.clause == call.clause;
    });
    state = std::move((taken == outcomes.end() ? outcomes.front() : *taken).next);
  }
  return state;
}

/// The arguments with the newest object of a domain as one of them, also with another one left out:
/// what is named by a word is not named by an object, too.
std::vector<std::vector<Datum>> with_newest(const ir::Action& action,
                                            const std::vector<Datum>& known,
                                            const interp::State& state) {
  std::vector<std::vector<Datum>> all;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const ir::Type& type = action.locals[action.params[i]].type;
    if (type.kind != ir::TypeKind::kHandle || state.live(type.decl).empty()) continue;
    std::vector<Datum> args = known;
    args[i] = Datum::known(state.live(type.decl).back());
    for (std::size_t other = 0; other < known.size(); ++other) {
      if (other == i || !action.locals[action.params[other]].type.optional) continue;
      all.push_back(args);
      all.back()[other] = Datum::none();
    }
    all.push_back(std::move(args));
  }
  return all;
}

}  // namespace

std::optional<TestVector> Generator::write(const Run& given) {
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

bool Generator::end_aloud(Kernel& k, Run& run) const {
  if (run.calls.empty() || !writer_.is_silent(run.calls.back().action)) return true;
  const std::optional<interp::State> state = state_after(k.in, run);
  if (!state) return false;
  const RunCall silent = run.calls.back();
  for (ir::ActionId action = 0; action < m_.actions.size(); ++action) {
    for (const std::vector<Datum>& known : args_.all[action]) {
      for (std::vector<Datum>& args : with_newest(m_.actions[action], known, *state)) {
        auto needed = writer_.silent_args(k.in, *state, silent, action, args);
        if (!needed) continue;
        run.calls.back().args = std::move(*needed);
        // However it ends: the line says how.
        run.calls.push_back({action, std::move(args), ir::kNoId, 0, {}, 0});
        return true;
      }
    }
  }
  return false;
}

void Generator::keep(TestVector vector, const Run& told) {
  for (const std::uint32_t r : vector.shows)
    set_.shown[r] = Shown::kYes;
  set_.vectors.push_back(std::move(vector));
  chosen_runs_.push_back(&told);
}

bool Generator::told_as(Kernel& k, const interp::State& state, const ObjectNames& names,
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

void Generator::show(ir::ClauseId clause, std::set<std::uint32_t>& shows) const {
  if (const std::uint32_t* const at = index_->of_clause(clause)) shows.insert(*at);
}

void Generator::select() {
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

void Generator::name_vectors() {
  std::map<std::string, unsigned> used;
  for (TestVector& one : set_.vectors) {
    const std::string clause = clause_text(m_, one.lines.back().clauses.back());
    const unsigned nth = ++used[clause];
    one.name = nth == 1 ? clause : fmt::format("{}.{}", clause, nth);
  }
}

}  // namespace gms::check
