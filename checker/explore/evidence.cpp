#include "checker/explore/evidence.h"

#include <algorithm>

#include "checker/explore/goal_book.h"
#include "checker/explore/shrink_run.h"
#include "checker/explore/text.h"
#include "checker/explore/witness.h"
#include "checker/prove/completion.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

using ir::Property;
using ir::PropertyKind;

/// "call 3 breaks it, at p = 2"
std::string breach_text(const ir::Module& m, std::uint32_t property, const Run& run,
                        const std::string& unit) {
  const Property& p = m.properties[property];
  if (p.kind == PropertyKind::kCover) return {};
  if (p.kind == PropertyKind::kLaw)
    return run.right.empty() ? "what must hold in the end does not" : "the two ends differ";
  Objects objects(m);
  ir::interp::Interpreter interpreter(m, run.valuation);
  const auto at = [&](const Witness& witness) {
    const std::string text = witness_text(m, objects, property, witness);
    return text.empty() ? text : ", at " + text;
  };
  ir::interp::State state = interpreter.fresh();
  if (run.calls.empty())
    return "the fresh system breaks it" + at(find_witness(interpreter, property, state));
  for (std::size_t i = 0; i < run.calls.size(); ++i) {
    auto outcome = repeat(interpreter, state, run.calls[i]);
    if (!outcome) return {};
    if (i + 1 == run.calls.size())
      return unit + ' ' + std::to_string(i + 1) + " breaks it" +
             at(find_witness(interpreter, property, state, *outcome));
    state = std::move(outcome->next);
  }
  return {};
}

class Weigher {
 public:
  Weigher(const ir::Module& m, ProveReport& report, const ExploreReport* found,
          const EvidenceOptions& options)
      : m_(m), report_(report), found_(found), options_(options) {
    if (found != nullptr) out_.searched = found->bound;
  }

  Evidence run() {
    out_.properties.resize(report_.properties.size());
    for (std::size_t i = 0; i < out_.properties.size(); ++i)
      take_known(i);
    further_runs();
    for (std::size_t i = 0; i < out_.properties.size(); ++i)
      judge(i);
    clauses();
    return std::move(out_);
  }

 private:
  const Property& property(std::size_t i) const {
    return m_.properties[report_.properties[i].property];
  }
  bool is_cover(std::size_t i) const { return property(i).kind == PropertyKind::kCover; }

  void take_known(std::size_t i) {
    const Goal goal = goal_of(m_, report_.properties[i].property);
    const Reached* reached = found_ == nullptr ? nullptr : found_->find(goal);
    if (reached == nullptr) return;
    PropertyEvidence& e = out_.properties[i];
    e.bound = found_->bound;
    if (reached->run && replays(m_, *reached->run, goal)) e.run = reached->run;
  }

  /// Worth a search of its own: not what was looked for already with nothing to go by.
  bool wants_run(std::size_t i) const {
    const Verdict verdict = report_.properties[i].verdict;
    if (!options_.runs || out_.properties[i].run) return false;
    if (is_cover(i)) return !out_.properties[i].bound && verdict != Verdict::kRefuted;
    return verdict != Verdict::kProved;
  }

  /// The obligation that says most: refuted, with a candidate.
  const Obligation* refuted(std::size_t i) const {
    for (const std::size_t o : report_.properties[i].obligations) {
      const Obligation& one = report_.obligations[o];
      if (one.verdict == Verdict::kRefuted && one.candidate) return &one;
    }
    return nullptr;
  }

  void further_runs() {
    std::size_t open = 0;
    for (std::size_t i = 0; i < out_.properties.size(); ++i)
      open += wants_run(i);
    if (open == 0) return;
    for (std::size_t i = 0; i < out_.properties.size(); ++i) {
      if (!wants_run(i)) continue;
      if (options_.progress) options_.progress("searching a run for " + property(i).name);
      ExploreOptions search;
      search.seconds = options_.seconds / static_cast<double>(open);
      search.max_calls = std::max<std::uint64_t>(options_.max_calls / open, 1);
      search.valuations = {valuations_in_scope(m_, options_.fixed).front()};
      const Obligation* o = is_cover(i) ? nullptr : refuted(i);
      if (o != nullptr) {
        Valuation own = valuation_of(m_, *o->candidate);
        if (own != search.valuations.front()) search.valuations.push_back(std::move(own));
      } else if (is_cover(i)) {
        search.valuations = valuations_in_scope(m_, options_.fixed);
      }
      const std::uint32_t id = report_.properties[i].property;
      Refutation found = refute(m_, id, nullptr, nullptr, search);
      PropertyEvidence& e = out_.properties[i];
      if (found.run && replays(m_, *found.run, goal_of(m_, id))) e.run = std::move(found.run);
      e.bound = found.bound;
      if (!out_.searched) out_.searched.emplace();
      out_.searched->states += found.bound.states;
      out_.searched->calls += found.bound.calls;
      out_.searched->walks += found.bound.walks;
      out_.searched->depth = std::max(out_.searched->depth, found.bound.depth);
      out_.searched->seconds += found.bound.seconds;
      out_.searched->seed = found.bound.seed;
    }
  }

  void contradiction(const std::string& text) { report_.disagreements.push_back(text); }

  void judge(std::size_t i) {
    PropertyVerdict& v = report_.properties[i];
    PropertyEvidence& e = out_.properties[i];
    const Property& p = property(i);
    if (is_cover(i)) {
      if (e.run && v.verdict == Verdict::kRefuted) {
        v.reason = "our bug: the solver calls it impossible, and a run does it";
        contradiction(p.name + ": " + v.reason);
        v.verdict = Verdict::kUnknown;
      } else if (e.run) {
        v.verdict = Verdict::kProved;
        v.reason.clear();
      } else if (v.verdict == Verdict::kProved && e.bound) {
        v.verdict = Verdict::kUnknown;
        show_state(v, e);
      }
    } else if (e.run) {
      if (v.verdict == Verdict::kProved) {
        v.reason = "our bug: the solver calls it proved, and a run violates it";
        contradiction(p.name + ": " + v.reason);
        v.verdict = Verdict::kUnknown;
      } else {
        v.verdict = Verdict::kRefuted;
        v.reason.clear();
      }
      e.breach = breach_text(m_, v.property, *e.run, options_.unit);
    } else if (v.verdict == Verdict::kRefuted) {
      replay(v, e);
    }
    v.as_expected = v.verdict == (p.expect_refuted ? Verdict::kRefuted : Verdict::kProved);
  }

  /// Names of invariants that the proof may have rested on, among those.
  std::string hypotheses(const std::vector<std::string>& names, const std::string& self) const {
    std::string text;
    for (const std::string& name : names) {
      const auto judged = std::find_if(
          report_.properties.begin(), report_.properties.end(),
          [&](const PropertyVerdict& v) { return m_.properties[v.property].name == name; });
      if (name != self && judged != report_.properties.end() && judged->verdict != Verdict::kProved)
        continue;
      text += (text.empty() ? "" : ", ") + name;
    }
    return text;
  }

  /// A cover without a run: the state, and perhaps the call, that the solver has.
  void show_state(PropertyVerdict& v, PropertyEvidence& e) {
    v.reason = "some state that satisfies the invariants does it, but no run to one was found";
    for (const std::size_t o : v.obligations) {
      const Obligation& one = report_.obligations[o];
      if (one.verdict != Verdict::kProved || !one.candidate) continue;
      const Replay replayed = replay_candidate(m_, one);
      const std::string broken = hypotheses(replayed.broken_before, "");
      if (replayed.verdict == ReplayVerdict::kReplayed && broken.empty()) {
        e.step = o;
        e.step_text = candidate_text(m_, one);
        return;
      }
      v.reason = "our bug: the solver's state in " + one.name + " does not replay: " +
                 (broken.empty() ? replayed.difference : "completed, it violates " + broken);
    }
  }

  /// Without a run: the smallest step of the solver's that the interpreter makes as well.
  void replay(PropertyVerdict& v, PropertyEvidence& e) {
    std::vector<std::size_t> all;
    for (const std::size_t o : v.obligations)
      if (report_.obligations[o].verdict == Verdict::kRefuted && report_.obligations[o].candidate)
        all.push_back(o);
    std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
      return report_.obligations[a].candidate->facts.size() <
             report_.obligations[b].candidate->facts.size();
    });
    std::string why = "the solver gave no values for its counterexample, so nothing was replayed";
    for (const std::size_t o : all) {
      const Obligation& obligation = report_.obligations[o];
      const Replay replayed = replay_candidate(m_, obligation);
      const std::string broken = hypotheses(replayed.broken_before, m_.properties[v.property].name);
      if (replayed.verdict == ReplayVerdict::kReplayed && broken.empty()) {
        e.step = o;
        e.step_text = candidate_text(m_, obligation);
        return;
      }
      if (o != all.front()) continue;
      why = "our bug: the solver's counterexample in " + obligation.name + " does not replay: " +
            (replayed.verdict == ReplayVerdict::kReplayed
                 ? "the state, completed, violates " + broken + " before the call"
                 : replayed.difference);
    }
    v.verdict = Verdict::kUnknown;
    v.reason = why;
  }

  void clauses() {
    const auto asked = [](const Obligation& o) { return o.kind == ObligationKind::kFires; };
    if (std::none_of(report_.obligations.begin(), report_.obligations.end(), asked)) return;
    out_.clauses.resize(m_.clauses.size());
    std::vector<bool> open = ir::raced_clauses(m_);  // nothing is said of calls that run alone
    for (const Obligation& o : report_.obligations) {
      if (!asked(o)) continue;
      if (o.verdict == Verdict::kProved) out_.clauses[o.clause].reachable = Reachable::kSatisfiable;
      if (o.verdict == Verdict::kUnknown) open[o.clause] = true;
    }
    for (ir::ClauseId c = 0; c < m_.clauses.size(); ++c) {
      ClauseEvidence& e = out_.clauses[c];
      const Goal goal{GoalKind::kClause, c};
      const Reached* reached = found_ == nullptr ? nullptr : found_->find(goal);
      if (reached != nullptr && reached->run && replays(m_, *reached->run, goal))
        e.run = reached->run;
      const bool dead = e.reachable == Reachable::kUnknown && !open[c] && report_.errors.empty();
      if (dead && e.run)
        contradiction(goal_text(m_, goal) +
                      ": our bug: the solver calls it dead, and a run gets "
                      "there");
      if (e.run)
        e.reachable = Reachable::kRun;
      else if (dead)
        e.reachable = Reachable::kDead;
    }
  }

  const ir::Module& m_;
  ProveReport& report_;
  const ExploreReport* found_;
  const EvidenceOptions& options_;
  Evidence out_;
};

}  // namespace

ExploreOptions beside_proofs(const ir::Module& m, std::vector<Goal>& goals) {
  goals = all_goals(m);
  const auto aside = [&](const Goal& goal) {
    return goal.kind == GoalKind::kViolation && !m.properties[goal.id].expect_refuted;
  };
  ExploreOptions options;
  options.needed = static_cast<std::size_t>(
      std::stable_partition(goals.begin(), goals.end(), [&](const Goal& g) { return !aside(g); }) -
      goals.begin());
  // Enough to see a claim fail that fails easily.
  options.min_calls = 50'000;
  options.max_calls = 2'000'000;
  return options;
}

std::vector<Valuation> valuations_in_scope(const ir::Module& m,
                                           const std::map<ir::ParamId, std::uint64_t>& fixed) {
  std::vector<Valuation> all{default_valuation(m)};
  for (const auto& [param, value] : fixed)
    all.front()[param] = value;
  for (ir::ParamId p = 0; p < m.params.size(); ++p) {
    const ir::Param& param = m.params[p];
    if (param.is_quirk || param.type.kind == ir::TypeKind::kInt || fixed.count(p) > 0) continue;
    std::vector<std::uint64_t> values{0, 1};
    if (param.type.kind == ir::TypeKind::kEnum) {
      values.clear();
      for (const ir::EnumMember& member : m.enums[param.type.decl].members)
        values.push_back(member.value);
    }
    for (const std::uint64_t value : values) {
      if (value == all.front()[p]) continue;
      all.push_back(all.front());
      all.back()[p] = value;
    }
  }
  return all;
}

Evidence weigh(const ir::Module& module, ProveReport& report, const ExploreReport* found,
               const EvidenceOptions& options) {
  return Weigher(module, report, found, options).run();
}

}  // namespace gms::check
