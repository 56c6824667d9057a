#include "checker/prove/prover.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "checker/prove/candidate.h"
#include "ir/smt/smtlib.h"

namespace gms::check {

using ir::ActionId;
using ir::kNoId;
using ir::Property;
using ir::PropertyKind;
using ir::smt::Encoder;
using ir::smt::Path;
using ir::smt::SymStatePtr;

namespace {

using Clock = std::chrono::steady_clock;
double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool is_invariant(const Property& p) {
  return p.kind == PropertyKind::kInvariant || p.kind == PropertyKind::kLemma;
}

std::uint64_t fnv(const std::string& text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text)
    h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return h;
}

}  // namespace

Prover::Prover(const ir::Module& module, const ProveOptions& options)
    : m_(module), options_(options) {
  contexts_.resize(m_.actions.size());
  // Bools and enums are proved for all their values at once; integers (shift counts, sizes) one
  // value at a time.
  for (ir::ParamId p = 0; p < m_.params.size(); ++p)
    if (m_.params[p].is_quirk || m_.params[p].type.kind == ir::TypeKind::kInt)
      options_.fixed.try_emplace(p, m_.params[p].default_value);
  for (const Property& p : m_.properties)
    footprints_.push_back(ir::smt::footprint(m_, p.expr));
}

bool Prover::selected(std::uint32_t property) const {
  const auto& names = options_.properties;
  return names.empty() ||
         std::find(names.begin(), names.end(), m_.properties[property].name) != names.end();
}

PropertyVerdict& Prover::verdict_of(std::uint32_t property) {
  for (PropertyVerdict& v : report_.properties)
    if (v.property == property) return v;
  report_.properties.emplace_back();
  report_.properties.back().property = property;
  return report_.properties.back();
}

Prover::ActionContext& Prover::context(ActionId action) {
  ActionContext& c = contexts_[action];
  if (c.terms != nullptr) return c;
  c.terms = std::make_unique<ir::smt::TermStore>();
  c.encoder = std::make_unique<Encoder>(m_, *c.terms, options_.fixed);
  c.encoder->define_when_used();
  const SymStatePtr base = c.encoder->base_state();
  c.args = ir::smt::fresh_arguments(*c.encoder, m_.actions[action], *base, "");
  c.ok = ir::smt::enumerate_paths(*c.encoder, m_.actions[action], c.args, base, c.paths);
  if (!c.ok)
    report_.errors.push_back(m_.actions[action].name + ": its paths could not be enumerated");
  return c;
}

void Prover::assume_invariants(Encoder& enc, const SymStatePtr& state) {
  for (const std::uint32_t p : hypotheses_) {
    auto env = std::make_shared<ir::smt::Env>(m_.properties[p].locals.size());
    enc.assume(m_.properties[p].expr, env, state, state, m_.properties[p].name);
  }
}

Encoder Prover::encoder_on(const ActionContext& ctx, const Path& path) const {
  Encoder enc = *ctx.encoder;
  for (const auto condition : path.conditions)
    enc.add(condition);
  return enc;
}

void Prover::file(Obligation o) {
  if (options_.progress) options_.progress(o.name);
  if (o.property != kNoId) verdict_of(o.property).obligations.push_back(report_.obligations.size());
  report_.obligations.push_back(std::move(o));
}

void Prover::settle(Obligation& o, Encoder& enc, bool want_sat, const ActionContext* ctx,
                    const Path* path) {
  const SolverLimits limits{options_.milliseconds, !want_sat};
  Decision decision = decide(enc, limits);
  o.complete = decision.complete;
  std::string text;
  if (options_.emit || options_.cvc5) {
    std::vector<std::string> domains;
    for (const ir::Domain& d : m_.domains)
      domains.push_back(d.name);
    text = ir::smt::to_smtlib(enc.terms(), enc.axioms(), domains,
                              {o.name, want_sat ? "expected: sat" : "expected: unsat (a proof)"});
    o.hash = fnv(text);
    if (options_.emit) options_.emit(o, text);
  }
  Answer answer = decision.result.answer;
  o.seconds += decision.result.seconds;
  o.used = std::move(decision.result.core);
  o.reason = decision.result.reason;
  if (options_.z3) o.answers["z3"] = answer;
  if (answer == Answer::kSat && decision.result.model != nullptr)
    o.candidate = read_candidate(enc, *decision.result.model, o.action,
                                 ctx == nullptr ? nullptr : &ctx->args, path);
  if (options_.cvc5) {
    const SolverResult r = ask_program("cvc5", text, limits);
    o.answers["cvc5"] = r.answer;
    if (!options_.z3) answer = r.answer, o.seconds += r.seconds, o.reason = r.reason;
    const Answer z3 = options_.z3 ? o.answers["z3"] : r.answer;
    if (z3 != r.answer) {
      const bool definite = z3 != Answer::kUnknown && r.answer != Answer::kUnknown;
      if (definite) report_.disagreements.push_back(o.name);
      answer = definite ? Answer::kUnknown : z3;
      if (definite) o.reason = "the solvers disagree";
    }
  }
  if (!enc.unsupported().empty()) {
    o.verdict = Verdict::kUnknown;
    o.reason = enc.unsupported();
    return;
  }
  switch (answer) {
    case Answer::kUnsat: o.verdict = want_sat ? Verdict::kRefuted : Verdict::kProved; break;
    case Answer::kSat:
      o.verdict = want_sat ? Verdict::kProved : Verdict::kRefuted;
      if (!o.complete) {
        o.verdict = Verdict::kUnknown;
        o.reason = "outside the decidable fragment: the index set did not close";
      }
      break;
    case Answer::kUnknown: o.verdict = Verdict::kUnknown; break;
  }
}

void Prover::check_initial(std::uint32_t property) {
  ir::smt::TermStore terms;
  Encoder enc(m_, terms, options_.fixed);
  enc.define_when_used();
  Obligation o;
  o.name = "initial/" + m_.properties[property].name;
  o.kind = ObligationKind::kInitial;
  o.property = property;
  const auto start = Clock::now();
  auto env = std::make_shared<ir::smt::Env>(m_.properties[property].locals.size());
  enc.refute(m_.properties[property].expr, env, enc.initial_state(), enc.initial_state());
  o.encode_seconds = since(start);
  settle(o, enc, false, nullptr, nullptr);
  file(std::move(o));
}

void Prover::check_preserved(std::uint32_t property) {
  const Property& p = m_.properties[property];
  const ir::smt::Footprint& reads = footprints_[property];
  for (ActionId a = 0; a < m_.actions.size(); ++a) {
    ActionContext& ctx = context(a);
    if (!ctx.ok) {
      verdict_of(property).reason = m_.actions[a].name + " could not be encoded";
      continue;
    }
    for (const Path& path : ctx.paths) {
      if (!reads.meets(path.touched, path.created_or_destroyed)) {
        ++verdict_of(property).by_frame;
        continue;
      }
      Obligation o;
      o.name =
          "preserved/" + p.name + "/" + m_.actions[a].name + "@" + m_.clauses[path.clause].label;
      o.kind = ObligationKind::kPreserved;
      o.property = property;
      o.action = a;
      o.clause = path.clause;
      const auto start = Clock::now();
      Encoder enc = encoder_on(ctx, path);
      auto env = std::make_shared<ir::smt::Env>(p.locals.size());
      enc.refute(p.expr, env, path.post, path.post);
      assume_invariants(enc, enc.base_state());
      if (hypotheses_.count(property) == 0)
        enc.assume(p.expr, env, enc.base_state(), enc.base_state(), p.name);
      o.encode_seconds = since(start);
      settle(o, enc, false, &ctx, &path);
      if (o.verdict == Verdict::kProved) o.candidate.reset();
      file(std::move(o));
    }
  }
}

void Prover::check_two_state(std::uint32_t property, ActionId a) {
  const Property& p = m_.properties[property];
  ActionContext& ctx = context(a);
  if (!ctx.ok) {
    verdict_of(property).reason = m_.actions[a].name + " could not be encoded";
    return;
  }
  for (const Path& path : ctx.paths) {
    Obligation o;
    o.name = "step/" + p.name + "/" + m_.actions[a].name + "@" + m_.clauses[path.clause].label;
    o.kind = ObligationKind::kTwoState;
    o.property = property;
    o.action = a;
    o.clause = path.clause;
    const auto start = Clock::now();
    Encoder enc = encoder_on(ctx, path);
    auto env = std::make_shared<ir::smt::Env>(p.actions.size() == 1 ? *path.env : ir::smt::Env{});
    env->resize(std::max(env->size(), p.locals.size()));
    enc.set_outcome({path.result, path.clause});
    enc.refute(p.expr, env, enc.base_state(), path.post);
    assume_invariants(enc, enc.base_state());
    o.encode_seconds = since(start);
    settle(o, enc, false, &ctx, &path);
    if (o.verdict == Verdict::kProved) o.candidate.reset();
    file(std::move(o));
  }
}

void Prover::check_clauses(ActionId a) {
  ActionContext& ctx = context(a);
  if (!ctx.ok) return;
  std::set<ir::ClauseId> fired;
  for (const Path& path : ctx.paths) {
    if (fired.count(path.clause) > 0) continue;
    Obligation o;
    o.name = "fires/" + m_.actions[a].name + "@" + m_.clauses[path.clause].label;
    o.kind = ObligationKind::kFires;
    o.action = a;
    o.clause = path.clause;
    const auto start = Clock::now();
    Encoder enc = encoder_on(ctx, path);
    assume_invariants(enc, enc.base_state());
    o.encode_seconds = since(start);
    settle(o, enc, true, &ctx, &path);
    if (o.verdict == Verdict::kProved) fired.insert(path.clause);
    file(std::move(o));
  }
}

void Prover::check_cover(std::uint32_t property) {
  const Property& p = m_.properties[property];
  const auto ask = [&](Encoder enc, ActionId a, const ActionContext* ctx, const Path* path) {
    Obligation o;
    o.name =
        "cover/" + p.name +
        (path == nullptr ? "" : "/" + m_.actions[a].name + "@" + m_.clauses[path->clause].label);
    o.kind = ObligationKind::kCover;
    o.property = property;
    o.action = a;
    if (path != nullptr) o.clause = path->clause;
    assume_invariants(enc, enc.base_state());
    settle(o, enc, true, ctx, path);
    const bool found = o.verdict == Verdict::kProved;
    file(std::move(o));
    return found;
  };
  if (p.actions.empty()) {
    ir::smt::TermStore terms;
    Encoder enc(m_, terms, options_.fixed);
    enc.define_when_used();
    auto env = std::make_shared<ir::smt::Env>(p.locals.size());
    enc.assume(p.expr, env, enc.base_state(), enc.base_state(), {});
    ask(enc, kNoId, nullptr, nullptr);
    return;
  }
  for (const ActionId a : p.actions) {
    ActionContext& ctx = context(a);
    for (const Path& path : ctx.paths) {
      Encoder enc = encoder_on(ctx, path);
      auto env = std::make_shared<ir::smt::Env>(*path.env);
      env->resize(std::max(env->size(), p.locals.size()));
      enc.set_outcome({path.result, path.clause});
      enc.assume(p.expr, env, enc.base_state(), path.post, {});
      if (ask(enc, a, &ctx, &path)) return;
    }
  }
}

void Prover::judge(std::uint32_t p) {
  const Property& property = m_.properties[p];
  report_.properties.erase(
      std::remove_if(report_.properties.begin(), report_.properties.end(),
                     [&](const PropertyVerdict& v) { return v.property == p; }),
      report_.properties.end());
  verdict_of(p);
  switch (property.kind) {
    case PropertyKind::kInvariant:
    case PropertyKind::kLemma:
      check_initial(p);
      check_preserved(p);
      break;
    case PropertyKind::kTwoState:
      for (ActionId a = 0; a < m_.actions.size(); ++a)
        if (property.actions.empty() || std::find(property.actions.begin(), property.actions.end(),
                                                  a) != property.actions.end())
          check_two_state(p, a);
      break;
    case PropertyKind::kLaw: check_law(p); break;
    case PropertyKind::kCover: check_cover(p); break;
  }
}

bool Prover::is_proved(std::uint32_t p) {
  const PropertyVerdict& v = verdict_of(p);
  return v.reason.empty() &&
         std::all_of(v.obligations.begin(), v.obligations.end(), [&](std::size_t o) {
           return report_.obligations[o].verdict == Verdict::kProved;
         });
}

bool Prover::uses_any(std::uint32_t p, const std::set<std::uint32_t>& invariants) {
  for (const std::size_t o : verdict_of(p).obligations)
    for (const std::string& used : report_.obligations[o].used)
      for (const std::uint32_t i : invariants)
        if (m_.properties[i].name == used) return true;
  return false;
}

void Prover::judge_selected() {
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (is_invariant(m_.properties[p]) && !m_.properties[p].expect_refuted) hypotheses_.insert(p);
  std::set<std::uint32_t> pending, judged;
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (selected(p)) pending.insert(p);
  if (options_.assume_others)
    for (const std::uint32_t p : std::exchange(pending, {}))
      judge(p);
  while (!pending.empty()) {
    const std::set<std::uint32_t> now = std::exchange(pending, {});
    std::set<std::uint32_t> dropped;
    for (const std::uint32_t p : now) {
      judge(p);
      judged.insert(p);
      if (hypotheses_.count(p) > 0 && !is_proved(p)) dropped.insert(p);
    }
    // Whatever rests on an invariant that failed is judged again without it...
    for (const std::uint32_t p : dropped)
      hypotheses_.erase(p);
    for (const std::uint32_t p : judged)
      if (dropped.count(p) == 0 && uses_any(p, dropped)) pending.insert(p);
    // ...and what a proof rests on has to be proved as well.
    for (const std::uint32_t i : hypotheses_) {
      if (judged.count(i) > 0) continue;
      for (const std::uint32_t p : judged)
        if (uses_any(p, {i})) {
          pending.insert(i);
          break;
        }
    }
  }
  for (const std::uint32_t p : hypotheses_)
    if (judged.count(p) > 0) report_.inductive_set.push_back(m_.properties[p].name);
}

void Prover::summarize() {
  for (PropertyVerdict& v : report_.properties) {
    const Property& p = m_.properties[v.property];
    const bool exists = p.kind == PropertyKind::kCover;
    v.verdict = exists ? Verdict::kRefuted : Verdict::kProved;
    bool unknown = !v.reason.empty(), found = false;
    for (const std::size_t i : v.obligations) {
      const Obligation& o = report_.obligations[i];
      if (o.verdict == Verdict::kUnknown) unknown = true, v.reason = o.name + ": " + o.reason;
      if (!exists && o.verdict == Verdict::kRefuted) v.verdict = Verdict::kRefuted;
      found = found || (exists && o.verdict == Verdict::kProved);
    }
    if (found)
      v.verdict = Verdict::kProved;
    else if (unknown && v.verdict == (exists ? Verdict::kRefuted : Verdict::kProved))
      v.verdict = Verdict::kUnknown;
    v.as_expected = v.verdict == (p.expect_refuted ? Verdict::kRefuted : Verdict::kProved);
  }
  std::sort(report_.properties.begin(), report_.properties.end(),
            [](const auto& a, const auto& b) { return a.property < b.property; });
}

ProveReport Prover::run() {
  const auto start = Clock::now();
  judge_selected();
  if (options_.clauses)
    for (ActionId a = 0; a < m_.actions.size(); ++a)
      check_clauses(a);
  std::set<ir::ClauseId> fired;
  for (const Obligation& o : report_.obligations)
    if (o.kind == ObligationKind::kFires && o.verdict == Verdict::kProved) fired.insert(o.clause);
  if (options_.clauses)
    for (ir::ClauseId c = 0; c < m_.clauses.size(); ++c)
      if (fired.count(c) == 0) report_.dead_clauses.push_back(c);
  summarize();
  report_.seconds = since(start);
  return std::move(report_);
}

ProveReport prove(const ir::Module& module, const ProveOptions& options) {
  return Prover(module, options).run();
}

}  // namespace gms::check
