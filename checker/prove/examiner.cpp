#include "checker/prove/examiner.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "base/fingerprint.h"
#include "checker/prove/candidate.h"
#include "ir/calls.h"
#include "ir/find_expr.h"
#include "ir/smt/smtlib.h"
#include "ir/walk.h"

namespace gms::check {

using ir::ActionId;
using ir::kNoId;
using ir::Property;
using ir::smt::Encoder;
using ir::smt::Env;
using ir::smt::Path;

namespace {

/// For what a run may show as well: a state that satisfies the invariants, a refutation. CPU time.
constexpr unsigned kGlance = 2000;
/// For a guess that is asked by itself: one that is not proved is merely not used. CPU time.
constexpr unsigned kForGuess = 1000;

const char* first_part(ObligationKind kind) {
  switch (kind) {
    case ObligationKind::kInitial: return "initial/";
    case ObligationKind::kPreserved: return "preserved/";
    case ObligationKind::kTwoState: return "step/";
    case ObligationKind::kLaw: return "law/";
    case ObligationKind::kFires: return "fires/";
    case ObligationKind::kCover: return "cover/";
  }
  return "";
}

/// The locals of an execution, with room for what the property binds.
std::shared_ptr<Env> locals_on(const Path& path, const Property& p) {
  auto env = std::make_shared<Env>(p.actions.size() == 1 ? *path.env : Env{});
  env->resize(std::max(env->size(), p.locals.size()));
  return env;
}

bool is_call(const ir::Module& m, const ir::Type& type) {
  return type.kind == ir::TypeKind::kHandle && type.decl == ir::call_domain(m);
}

/// `all c of Call : ...`
bool begins_with_a_call(const ir::Module& m, ir::ExprId id) {
  const ir::Expr& outer = m.exprs[id];
  if (outer.op != ir::Op::kForall) return false;
  return is_call(m, m.binder_lists[outer.binders].front().type);
}

/// Every call that is a key of a state function is a variable.
bool calls_are_variables(const ir::Module& m, ir::ExprId id) {
  return !ir::has_node(m, id, true, [&](const ir::Expr& e) {
    return e.op == ir::Op::kState && std::any_of(e.args.begin(), e.args.end(), [&](ir::ExprId key) {
             return is_call(m, m.exprs[key].type) && m.exprs[key].op != ir::Op::kVar;
           });
  });
}

/// No other call is mentioned inside.
bool speaks_of_one_call(const ir::Module& m, ir::ExprId id) {
  return ir::smt::footprint(m, m.exprs[id].args[0]).domains.count(ir::call_domain(m)) == 0 &&
         calls_are_variables(m, id);
}

/// State functions of calls that the step stores to at its own call only.
std::set<ir::StateId> stored_at_own_call(const ir::Module& m, const ir::Action& step,
                                         ir::VarId call_at_hand) {
  std::set<ir::StateId> own, others;
  const auto look = [&](const ir::Block& body, bool is_step, const auto& self) -> void {
    ir::for_each_stmt(m, body, [&](ir::StmtId, const ir::Stmt& s) {
      if (const auto* call = std::get_if<ir::Call>(&s.node))
        self(m.procs[call->proc].body, false, self);
      const auto* update = std::get_if<ir::Update>(&s.node);
      if (update == nullptr) return;
      for (const ir::Update::One& one : update->assigns) {
        const ir::Expr* first = one.keys.empty() ? nullptr : &m.exprs[one.keys[0]];
        const bool at_own =
            is_step && first != nullptr && first->op == ir::Op::kVar && first->ref == call_at_hand;
        (at_own ? own : others).insert(one.state);
      }
    });
  };
  look(step.body, true, look);
  for (const ir::StateId state : others)
    own.erase(state);
  return own;
}

bool is_contradictory(Encoder& enc) {
  return std::any_of(enc.axioms().begin(), enc.axioms().end(),
                     [&](const ir::smt::Axiom& a) { return enc.terms().is_false(a.formula); });
}

}  // namespace

Subjects::Subjects(const ir::Module& module, const ProveOptions& options) {
  for (std::uint32_t p = 0; p < module.properties.size(); ++p) {
    const ir::ExprId expr = module.properties[p].expr;
    footprints.push_back(ir::smt::footprint(module, expr));
    about_a_call.push_back(p >= options.guesses_from && options.place_of_property[p] != 0 &&
                           begins_with_a_call(module, expr));
    about_one_call.push_back(about_a_call[p] && speaks_of_one_call(module, expr));
  }
  for (ActionId a = 0; a < module.actions.size(); ++a)
    own_stores.push_back(
        options.guesses_from == kNoId
            ? std::set<ir::StateId>()
            : stored_at_own_call(module, module.actions[a], options.call_of_action[a]));
}

Examiner::Examiner(const ir::Module& module, const ProveOptions& options, const Subjects& subjects,
                   const std::set<std::uint32_t>& hypotheses, std::mutex& emitting)
    : m_(module),
      options_(options),
      subjects_(subjects),
      hypotheses_(hypotheses),
      emitting_(emitting) {}

Examiner::ActionContext& Examiner::context(ActionId action) {
  ActionContext& c = contexts_[action];
  if (c.terms != nullptr) return c;
  c.terms = std::make_unique<ir::smt::TermStore>();
  c.encoder = std::make_unique<Encoder>(m_, *c.terms, options_.fixed);
  c.encoder->define_when_used();
  c.solver = make_z3_context();
  const ir::smt::SymStatePtr base = c.encoder->base_state();
  c.args = ir::smt::fresh_arguments(*c.encoder, m_.actions[action], "");
  c.ok = ir::smt::enumerate_paths(*c.encoder, m_.actions[action], c.args, base, c.paths);
  std::map<std::vector<std::uint64_t>, std::size_t> number;  // by effect
  for (const Path& path : c.paths) {
    const std::size_t n = number.emplace(path.effect, c.same_end.size()).first->second;
    if (n == c.same_end.size()) c.same_end.emplace_back();
    c.same_end[n].push_back(&path);
  }
  return c;
}

bool Examiner::is_encoded(const ActionContext& ctx, ActionId action, Examined& out) const {
  if (!ctx.ok) out.failed = m_.actions[action].name + " could not be encoded";
  return ctx.ok;
}

bool Examiner::may_break(std::uint32_t property, ActionId action, const Path& path) const {
  const ir::smt::Footprint& reads = subjects_.footprints[property];
  if (!subjects_.about_one_call[property])
    return reads.meets(path.touched, path.created_or_destroyed);
  // A call that begins or ends is at no place before or after: what is said of calls at a place is
  // not touched by that, only by what the step stores, or by other handles that come and go.
  std::set<ir::StateId> states = path.stored;
  // Nor does a step say anything of other calls by what it stores of its own, which is not at the
  // place unless the step leads there.
  if (options_.places_after[action].count(options_.place_of_property[property]) == 0)
    for (const ir::StateId own : subjects_.own_stores[action])
      states.erase(own);
  std::set<ir::DomainId> domains = path.created_or_destroyed;
  domains.erase(ir::call_domain(m_));
  for (const ir::StateId f : path.touched) {
    for (const ir::Type& key : m_.states[f].keys)
      if (key.kind == ir::TypeKind::kHandle && domains.count(key.decl) > 0) states.insert(f);
  }
  return reads.meets(states, domains);
}

unsigned Examiner::patience(std::uint32_t property) const {
  return property >= options_.guesses_from ? std::min(options_.milliseconds, kForGuess)
                                           : options_.milliseconds;
}

Encoder Examiner::encoder_on(const ActionContext& ctx, const Path& path) const {
  Encoder enc = *ctx.encoder;
  for (const auto condition : path.conditions)
    enc.add(condition);
  return enc;
}

/// CPU time for an attempt, in milliseconds.
unsigned Examiner::patience_with(Hypotheses which) {
  return which == Hypotheses::kItself ? 1000 : 2000;
}

void Examiner::assume_invariants(Encoder& enc, std::uint32_t property, ActionId action,
                                 Hypotheses which) const {
  const auto place_in = [](const std::vector<std::uint32_t>& places, std::uint32_t id) {
    return id < places.size() ? places[id] : 0;
  };
  const std::uint32_t of_goal = place_in(options_.place_of_property, property);
  const std::uint32_t of_step = place_in(options_.place_of_action, action);
  static const std::set<std::string> kNothing;
  const auto found = used_.find(action);
  const std::set<std::string>& used_before = found == used_.end() ? kNothing : found->second;
  for (const std::uint32_t p : hypotheses_) {
    const std::uint32_t place = place_in(options_.place_of_property, p);
    if (place != 0 && place != of_goal && place != of_step) continue;
    const bool is_itself = p == property || (place != 0 && place == of_goal);
    if (which == Hypotheses::kItself && !is_itself) continue;
    if (which == Hypotheses::kUsedBefore && !is_itself &&
        used_before.count(m_.properties[p].name) == 0)
      continue;
    if (which == Hypotheses::kOfPlaces && !is_itself && p < options_.guesses_from) continue;
    auto env = std::make_shared<Env>(m_.properties[p].locals.size());
    enc.assume(m_.properties[p].expr, env, enc.base_state(), enc.base_state(),
               m_.properties[p].name);
  }
}

Obligation& Examiner::start(Examined& out, ObligationKind kind, const std::string& what) {
  std::string name = first_part(kind) + what;
  const auto before = std::count_if(
      out.obligations.begin(), out.obligations.end(),
      [&](const Obligation& o) { return o.name == name || o.name.rfind(name + "#", 0) == 0; });
  if (before > 0) name += "#" + std::to_string(before + 1);
  Obligation& o = out.obligations.emplace_back();
  o.name = std::move(name);
  o.kind = kind;
  return o;
}

Obligation& Examiner::start_on(Examined& out, ObligationKind kind, std::uint32_t property,
                               ActionId action, const Path& path) const {
  Obligation& o = start(out, kind,
                        (property == kNoId ? "" : m_.properties[property].name + "/") +
                            m_.actions[action].name + "@" + m_.clauses[path.clause].label);
  o.property = property;
  o.action = action;
  o.clause = path.clause;
  return o;
}

void Examiner::ask_other_solver(Obligation& o, const std::string& text, const SolverLimits& limits,
                                Answer& answer) const {
  const SolverResult r = ask_program("cvc5", text, limits);
  o.answers["cvc5"] = r.answer;
  if (!options_.z3) {
    answer = r.answer;
    o.seconds += r.seconds;
    o.reason = r.reason;
  } else if (answer != r.answer) {
    o.disagree = answer != Answer::kUnknown && r.answer != Answer::kUnknown;
    if (!o.disagree) return;
    answer = Answer::kUnknown;
    o.reason = "the solvers disagree";
  }
}

void Examiner::settle(Obligation& o, Encoder& enc, unsigned milliseconds, bool want_sat,
                      const Asked& asked) {
  // Where a model is welcome, a run has to show the same; where it refutes, it is all there is.
  const bool welcome =
      want_sat || (o.property != kNoId && m_.properties[o.property].expect_refuted);
  const SolverLimits limits{milliseconds, !want_sat, want_sat, !welcome};
  Decision decision = decide(enc, limits, asked.solver);
  note(o, enc, decision, want_sat, asked);
}

bool Examiner::prove_with(Hypotheses which, Obligation& o, Encoder& enc, const Asked& asked,
                          std::unique_ptr<SolverModel>* model) {
  enc.instantiate_at_reads();
  Decision decision = decide(enc, {patience_with(which), true, false}, asked.solver);
  if (decision.result.answer != Answer::kUnsat || !enc.unsupported().empty()) {
    o.seconds += decision.result.seconds;
    if (model != nullptr) *model = std::move(decision.result.model);
    return false;
  }
  note(o, enc, decision, false, asked);
  if (o.used.size() < kManyUsed) used_[o.action].insert(o.used.begin(), o.used.end());
  return o.verdict == Verdict::kProved;
}

void Examiner::note(Obligation& o, Encoder& enc, Decision& decision, bool want_sat,
                    const Asked& asked) {
  o.complete = decision.complete;
  Answer answer = decision.result.answer;
  o.seconds += decision.result.seconds;
  o.used = std::move(decision.result.core);
  o.reason = decision.result.reason;
  if (options_.z3) o.answers["z3"] = answer;
  if (answer == Answer::kSat && decision.result.model != nullptr)
    o.candidate = read_candidate(enc, *decision.result.model, o.action, asked.args, asked.path);
  if (options_.emit || options_.cvc5) {
    std::vector<std::string> domains;
    for (const ir::Domain& d : m_.domains)
      domains.push_back(d.name);
    const std::string text =
        ir::smt::to_smtlib(enc.terms(), enc.axioms(), domains,
                           {o.name, want_sat ? "expected: sat" : "expected: unsat (a proof)"});
    o.hash = base::fingerprint(text);
    if (options_.emit) {
      const std::lock_guard lock(emitting_);
      options_.emit(o, text);
    }
    if (options_.cvc5) ask_other_solver(o, text, {options_.milliseconds, false}, answer);
  }
  if (!enc.unsupported().empty()) {
    o.reason = enc.unsupported();
    return;
  }
  switch (answer) {
    case Answer::kUnsat: o.verdict = want_sat ? Verdict::kRefuted : Verdict::kProved; break;
    case Answer::kSat:
      if (o.complete)
        o.verdict = want_sat ? Verdict::kProved : Verdict::kRefuted;
      else
        o.reason = "outside the decidable fragment: the index set did not close";
      break;
    case Answer::kUnknown: break;
  }
  if (!want_sat && o.verdict == Verdict::kProved) o.candidate.reset();
}

Examined Examiner::initial(std::uint32_t property) {
  const Property& p = m_.properties[property];
  ir::smt::TermStore terms;
  Encoder enc(m_, terms, options_.fixed);
  enc.define_when_used();
  Examined out;
  Obligation& o = start(out, ObligationKind::kInitial, p.name);
  o.property = property;
  enc.refute(p.expr, std::make_shared<Env>(p.locals.size()), enc.initial_state(),
             enc.initial_state());
  settle(o, enc, options_.milliseconds, false, {});
  return out;
}

Examined Examiner::on_paths(ObligationKind kind, std::uint32_t property, ActionId action,
                            const std::function<Encoder(const Path&, Hypotheses)>& encode) {
  const ActionContext& ctx = context(action);
  Examined out;
  if (!is_encoded(ctx, action, out)) return out;
  const bool reads_all = kind != ObligationKind::kPreserved;
  const bool hunting = m_.properties[property].expect_refuted;
  std::vector<const Path*> asked;
  const auto ask = [&](std::size_t i, unsigned milliseconds) {
    Obligation& o = out.obligations[i];
    const Asked about{&ctx.args, asked[i], ctx.solver};
    for (const Hypotheses which : kAttempts) {
      if (options_.guesses_from == kNoId) break;
      Encoder enc = encode(*asked[i], which);
      if (prove_with(which, o, enc, about)) return o.verdict;
    }
    Encoder enc = encode(*asked[i], Hypotheses::kAll);
    settle(o, enc, milliseconds, false, about);
    return o.verdict;
  };
  for (const Path& path : ctx.paths) {
    if (!reads_all && !may_break(property, action, path)) {
      ++out.by_frame;
      continue;
    }
    start_on(out, kind, property, action, path);
    asked.push_back(&path);
    const auto limit = hunting ? std::min(options_.milliseconds, kGlance) : patience(property);
    // One refutation of what is expected to be refuted is enough; so is one doubt about a guess.
    const Verdict verdict = ask(asked.size() - 1, limit);
    if (verdict == Verdict::kRefuted && hunting) return out;
    if (verdict != Verdict::kProved && property >= options_.guesses_from) return out;
  }
  for (std::size_t i = 0; hunting && i < asked.size(); ++i)
    if (out.obligations[i].verdict == Verdict::kUnknown &&
        ask(i, options_.milliseconds) == Verdict::kRefuted)
      break;
  return out;
}

Examined Examiner::preserved(std::uint32_t property, ActionId action) {
  const Property& p = m_.properties[property];
  return on_paths(ObligationKind::kPreserved, property, action,
                  [&](const Path& path, Hypotheses which) {
                    Encoder enc = encoder_on(context(action), path);
                    auto env = std::make_shared<Env>(p.locals.size());
                    enc.refute(p.expr, env, path.post, path.post);
                    assume_invariants(enc, property, action, which);
                    if (hypotheses_.count(property) == 0)
                      enc.assume(p.expr, env, enc.base_state(), enc.base_state(), p.name);
                    return enc;
                  });
}

Examined Examiner::two_state(std::uint32_t property, ActionId action) {
  const Property& p = m_.properties[property];
  return on_paths(ObligationKind::kTwoState, property, action,
                  [&](const Path& path, Hypotheses which) {
                    Encoder enc = encoder_on(context(action), path);
                    enc.set_outcome({path.result, path.clause});
                    enc.refute(p.expr, locals_on(path, p), enc.base_state(), path.post);
                    // Many properties are about one result: on other paths nothing is left to
                    // prove.
                    if (!is_contradictory(enc)) assume_invariants(enc, property, action, which);
                    return enc;
                  });
}

Examined Examiner::cover(std::uint32_t property, ActionId action) {
  const Property& p = m_.properties[property];
  Examined out;
  if (action == kNoId) {
    ir::smt::TermStore terms;
    Encoder enc(m_, terms, options_.fixed);
    enc.define_when_used();
    Obligation& o = start(out, ObligationKind::kCover, p.name);
    o.property = property;
    enc.assume(p.expr, std::make_shared<Env>(p.locals.size()), enc.base_state(), enc.base_state(),
               {});
    assume_invariants(enc, property, action);
    settle(o, enc, std::min(options_.milliseconds, kGlance), true, {});
    return out;
  }
  const ActionContext& ctx = context(action);
  if (!is_encoded(ctx, action, out)) return out;
  for (const Path& path : ctx.paths) {
    Obligation& o = start_on(out, ObligationKind::kCover, property, action, path);
    Encoder enc = encoder_on(ctx, path);
    enc.set_outcome({path.result, path.clause});
    enc.assume(p.expr, locals_on(path, p), enc.base_state(), path.post, {});
    assume_invariants(enc, property, action);
    settle(o, enc, std::min(options_.milliseconds, kGlance), true, {&ctx.args, &path, ctx.solver});
    if (o.verdict == Verdict::kProved) break;
  }
  return out;
}

Examined Examiner::fires(ActionId action, const std::vector<bool>* asked) {
  const ActionContext& ctx = context(action);
  Examined out;
  if (!is_encoded(ctx, action, out)) return out;
  std::set<ir::ClauseId> fired;
  for (const Path& path : ctx.paths) {
    if (fired.count(path.clause) > 0) continue;
    if (asked != nullptr && !(*asked)[path.clause]) continue;
    Obligation& o = start_on(out, ObligationKind::kFires, kNoId, action, path);
    Encoder enc = encoder_on(ctx, path);
    assume_invariants(enc, kNoId, action);
    settle(o, enc, std::min(options_.milliseconds, kGlance), true, {&ctx.args, &path, ctx.solver});
    if (o.verdict == Verdict::kProved) fired.insert(path.clause);
  }
  return out;
}

}  // namespace gms::check
