// Candidates of a solver, made concrete and called.
#include <algorithm>
#include <map>

#include "checker/explore/explore.h"
#include "checker/explore/goal_book.h"
#include "checker/explore/law_check.h"
#include "checker/explore/text.h"
#include "checker/explore/witness.h"
#include "checker/prove/completion.h"
#include "ir/type.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

class Replayer {
 public:
  Replayer(const ir::Module& m, const Obligation& o)
      : m_(m), o_(o), completion_(m, *o.candidate), in_(completion_.interpreter()) {}

  Replay run() {
    Replay first;
    bool tried = false;
    std::optional<Replay> shown;
    for (const Fill fill : kFills) {
      Replay one = with(completion_.state(fill));
      if (one.verdict == ReplayVerdict::kReplayed) {
        if (one.broken_before.empty()) return one;
        if (!shown) shown = std::move(one);
      } else if (!tried) {
        first = std::move(one);
        tried = true;
      }
    }
    return shown ? *shown : first;
  }

 private:
  static Replay replayed() {
    Replay result;
    result.verdict = ReplayVerdict::kReplayed;
    return result;
  }
  static Replay differs(std::string what) {
    Replay result;
    result.difference = std::move(what);
    return result;
  }
  std::string label(ir::ClauseId clause) const { return '\'' + m_.clauses[clause].label + '\''; }

  Replay with(const interp::State& state) {
    Replay result = claim(state);
    for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
      const ir::Property& property = m_.properties[p];
      if (!property.is_invariant()) continue;
      if (property.expect_refuted && p != o_.property) continue;
      if (in_.holds(p, state).is_false()) result.broken_before.push_back(property.name);
    }
    return result;
  }

  Replay claim(const interp::State& state) {
    switch (o_.kind) {
      case ObligationKind::kInitial:
        return state_reaches(in_, o_.property, in_.fresh())
                   ? replayed()
                   : differs("the property holds in the fresh system");
      case ObligationKind::kLaw: return law(state);
      case ObligationKind::kPreserved:
      case ObligationKind::kTwoState:
      case ObligationKind::kFires:
      case ObligationKind::kCover: break;
    }
    if (o_.action == ir::kNoId)
      return state_reaches(in_, o_.property, state)
                 ? replayed()
                 : differs("the cover is not satisfied in the completed state");
    return call(state);
  }

  Replay law(const interp::State& state) {
    const ir::Property& p = m_.properties[o_.property];
    if (o_.candidate->args.size() != p.locals.size())
      return differs("the candidate has no values of the law's parameters");
    std::vector<ir::VarId> all(p.locals.size());
    for (ir::VarId v = 0; v < all.size(); ++v)
      all[v] = v;
    const std::vector<Datum> locals = completion_.args(p.locals, all);
    std::vector<Datum> args;
    for (const ir::VarId v : law_params(m_, p))
      args.push_back(locals[v]);
    return law_breach(in_, o_.property, state, args) ? replayed()
                                                     : differs("both sides of the law agree");
  }

  Replay call(const interp::State& state) {
    const ir::Action& action = m_.actions[o_.action];
    const std::vector<Datum> args = completion_.args(action.locals, action.params);
    if (args.size() != action.params.size()) return differs("the candidate has no arguments");
    interp::RunOptions options;
    options.keep_locals = true;
    options.allow_raced = true;
    const bool fires = o_.kind == ObligationKind::kFires;
    const Goal goal = fires ? Goal{GoalKind::kClause, o_.clause} : goal_of(m_, o_.property);
    std::map<ir::ClauseId, std::uint32_t> choices;
    std::optional<Replay> by_other;  // shown, but by another way out
    std::string ways;
    bool same_clause = false;
    for (const interp::Outcome& outcome : in_.outcomes(state, o_.action, args, options)) {
      const std::uint32_t choice = choices[outcome.clause]++;
      if (choice == 0) ways += (ways.empty() ? "" : ", ") + label(outcome.clause);
      const bool same = o_.clause == ir::kNoId || outcome.clause == o_.clause;
      same_clause = same_clause || same;
      if (!step_reaches(in_, goal, state, o_.action, outcome)) continue;
      Replay result = replayed();
      result.call =
          RunCall{o_.action, args, outcome.clause, outcome.result, outcome.outputs, choice};
      if (goal.kind == GoalKind::kViolation) {
        Objects objects(m_);
        result.at =
            witness_text(m_, objects, o_.property, find_witness(in_, o_.property, state, outcome));
      }
      if (same) return result;
      if (!by_other) by_other = std::move(result);
    }
    if (by_other) return *by_other;
    if (ways.empty()) return differs("the call has no outcome: a `require` fails");
    if (!same_clause)
      return differs("the solver's call leaves by " + label(o_.clause) + ", the interpreter's by " +
                     ways);
    return differs(o_.kind == ObligationKind::kCover
                       ? "the cover is not satisfied by the call"
                       : "the call leaves by " + ways + ", and the property holds after it");
  }

  const ir::Module& m_;
  const Obligation& o_;
  Completion completion_;
  interp::Interpreter& in_;
};

std::string point_text(const ir::Module& m, const Completion& completion, Objects& objects,
                       const Candidate::Fact& fact) {
  const ir::State& declared = m.states[fact.state];
  std::string keys;
  for (std::size_t i = 0; i < declared.keys.size(); ++i) {
    const ir::Type& type = declared.keys[i];
    const bool handle = type.kind == ir::TypeKind::kHandle;
    const Datum key =
        Datum::known(handle ? completion.number(type.decl, fact.keys[i]) : fact.keys[i]);
    keys += (keys.empty() ? "" : ", ") + objects.text(type, key);
  }
  return declared.name + (keys.empty() ? "" : '[' + keys + ']');
}

}  // namespace

Replay replay_candidate(const ir::Module& module, const Obligation& obligation) {
  if (!obligation.candidate) {
    Replay none;
    none.difference = "the solver gave no values";
    return none;
  }
  return Replayer(module, obligation).run();
}

std::string candidate_text(const ir::Module& m, const Obligation& o) {
  if (!o.candidate) return "";
  const Candidate& c = *o.candidate;
  Completion completion(m, c);
  const interp::State state = completion.state(Fill::kInitial);
  Objects objects(m);
  std::string text;
  const std::string params = valuation_text(m, valuation_of(m, c));
  if (!params.empty()) text += "with " + params + '\n';
  std::string live;
  for (ir::DomainId d = 0; d < m.domains.size(); ++d) {
    for (const std::uint32_t handle : state.live(d))
      live += (live.empty() ? "" : ", ") + objects.text(ir::handle_type(d), Datum::known(handle));
  }
  if (!live.empty()) text += "there are " + live + '\n';
  std::vector<std::string> lines;
  for (const Candidate::Fact& fact : c.facts) {
    const ir::State& declared = m.states[fact.state];
    const bool handle = declared.type.kind == ir::TypeKind::kHandle;
    const bool initial = fact.present
                             ? !declared.initial_none && !handle && fact.value == declared.initial
                             : declared.initial_none;
    bool dead = false;
    for (std::size_t i = 0; i < declared.keys.size(); ++i) {
      const ir::Type& type = declared.keys[i];
      dead = dead || (type.kind == ir::TypeKind::kHandle &&
                      !state.is_live(type.decl, completion.number(type.decl, fact.keys[i])));
    }
    if (initial || dead) continue;
    const Datum value = !fact.present ? Datum::none()
                        : handle ? Datum::known(completion.number(declared.type.decl, fact.value))
                                 : Datum::known(fact.value);
    lines.push_back("  " + point_text(m, completion, objects, fact) + " = " +
                    objects.text(declared.type, value, declared.name) + '\n');
  }
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  for (const std::string& line : lines)
    text += line;
  const Replay replay = replay_candidate(m, o);
  if (replay.call) {
    text += call_text(m, objects, *replay.call) + '\n';
  } else if (o.action != ir::kNoId && !c.args.empty()) {
    const ir::Action& action = m.actions[o.action];
    text += call_text(m, objects, o.action, completion.args(action.locals, action.params)) + '\n';
  }
  if (o.property != ir::kNoId && o.kind != ObligationKind::kCover)
    text += "violates " + m.properties[o.property].name +
            (replay.at.empty() ? "" : " at " + replay.at) + '\n';
  if (replay.verdict == ReplayVerdict::kDiffers)
    text += "not seen on the interpreter: " + replay.difference + '\n';
  if (!replay.broken_before.empty()) {
    text += "the completed state itself violates ";
    for (std::size_t i = 0; i < replay.broken_before.size(); ++i)
      text += (i == 0 ? "" : ", ") + replay.broken_before[i];
    text += '\n';
  }
  return text;
}

}  // namespace gms::check
