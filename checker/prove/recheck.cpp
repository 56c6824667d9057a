#include "checker/prove/recheck.h"

#include <algorithm>

#include "base/cpu_time.h"
#include "checker/prove/examiner.h"
#include "checker/prove/solver.h"
#include "ir/smt/encode.h"
#include "ir/smt/footprint.h"
#include "ir/smt/paths.h"

namespace gms::check {
namespace {

using ir::ActionId;
using ir::Property;
using ir::PropertyKind;
using ir::smt::Encoder;
using ir::smt::EnvPtr;
using ir::smt::Path;
using ir::smt::TermId;

bool is_on(const Property& p, ActionId a) {
  return p.actions.empty() || std::find(p.actions.begin(), p.actions.end(), a) != p.actions.end();
}

class ActionCheck {
 public:
  ActionCheck(const ir::Module& m, ActionId action, const RecheckOptions& options)
      : m_(m), action_(action), options_(options), enc_(m, terms_, options.fixed) {
    enc_.define_when_used();
    const auto base = enc_.base_state();
    const auto args = ir::smt::fresh_arguments(enc_, m.actions[action], "");
    ok_ = ir::smt::enumerate_paths(enc_, m.actions[action], args, base, paths_);
    for (const Property& p : m.properties)
      footprints_.push_back(ir::smt::footprint(m, p.expr));
  }

  /// The verdicts on these; stops at the first one that is refuted if `first_only`.
  std::map<std::uint32_t, Verdict> properties(const std::set<std::uint32_t>& which,
                                              bool first_only) {
    std::map<std::uint32_t, Verdict> out;
    for (const std::uint32_t p : which)
      out[p] = ok_ ? Verdict::kProved : Verdict::kUnknown;
    if (!ok_) return out;
    if (ask_all(which) == Answer::kUnsat) return out;
    for (const Path& path : paths_) {
      std::vector<std::uint32_t> here;
      for (const std::uint32_t p : which)
        if (out[p] != Verdict::kRefuted && concerns(p, path)) here.push_back(p);
      if (here.empty()) continue;
      if (late()) {
        for (const std::uint32_t p : here)
          out[p] = Verdict::kUnknown;
        continue;
      }
      if (ask(path, here) == Answer::kUnsat) continue;
      for (const std::uint32_t p : here) {
        bool closed = true;
        const Answer a = late()                                      ? Answer::kUnknown
                         : here.size() == 1 && last_ != Answer::kSat ? last_
                                                                     : ask(path, {p}, &closed);
        if (a == Answer::kUnsat) continue;
        out[p] = a == Answer::kSat && closed ? Verdict::kRefuted : Verdict::kUnknown;
        if (first_only && out[p] == Verdict::kRefuted) return out;
      }
    }
    return out;
  }

  /// Leaves out the paths that pass none of the statements.
  void restrict_to(const std::set<ir::StmtId>& statements) {
    std::erase_if(paths_, [&](const Path& p) {
      return std::none_of(statements.begin(), statements.end(),
                          [&](ir::StmtId s) { return p.passed.count(s) > 0; });
    });
  }

  std::map<std::uint32_t, Verdict> covers(const std::set<std::uint32_t>& which) {
    std::map<std::uint32_t, Verdict> out;
    for (const std::uint32_t c : which) {
      out[c] = ok_ ? Verdict::kRefuted : Verdict::kUnknown;
      for (const Path& path : paths_) {
        if (!ok_ || late()) {
          out[c] = Verdict::kUnknown;
          break;
        }
        Encoder enc = enc_;
        for (const TermId t : path.conditions)
          enc.add(t);
        enc.set_outcome({path.result, path.clause});
        enc.assume(m_.properties[c].expr, locals(c, path), enc.base_state(), path.post, {});
        const Answer a = settle(enc, nullptr, true);
        if (a == Answer::kSat) {
          out[c] = Verdict::kProved;
          break;
        }
        if (a == Answer::kUnknown) out[c] = Verdict::kUnknown;
      }
    }
    return out;
  }

  /// Exits that no execution takes; one that is undecided counts as taken.
  std::set<ir::ClauseId> dead() {
    std::set<ir::ClauseId> out, taken;
    if (!ok_) return out;
    for (const Path& path : paths_) {
      if (taken.count(path.clause) > 0) continue;
      Encoder enc = enc_;
      for (const TermId t : path.conditions)
        enc.add(t);
      if (late() || settle(enc, nullptr, true) != Answer::kUnsat) {
        taken.insert(path.clause);
        out.erase(path.clause);
      } else {
        out.insert(path.clause);
      }
    }
    return out;
  }

 private:
  bool late() const { return base::thread_seconds() - start_ > options_.seconds; }

  bool concerns(std::uint32_t p, const Path& path) const {
    return m_.properties[p].kind == PropertyKind::kTwoState ||
           footprints_[p].meets(path.touched, path.created_or_destroyed);
  }

  EnvPtr locals(std::uint32_t p, const Path& path) const {
    auto env = std::make_shared<ir::smt::Env>(
        m_.properties[p].actions.size() == 1 ? *path.env : ir::smt::Env{});
    env->resize(std::max(env->size(), m_.properties[p].locals.size()));
    return env;
  }

  /// Whether some path can break some of the properties: one query for all.
  Answer ask_all(const std::set<std::uint32_t>& which) {
    Encoder enc = enc_;
    std::vector<TermId> any;
    for (const Path& path : paths_) {
      std::vector<TermId> broken;
      enc.set_outcome({path.result, path.clause});
      for (const std::uint32_t p : which) {
        if (!concerns(p, path)) continue;
        const auto& pre = m_.properties[p].is_invariant() ? path.post : enc.base_state();
        broken.push_back(terms_.negate(enc.eval_bool(m_.properties[p].expr, locals(p, path), pre,
                                                     path.post, ir::smt::Polarity::kDenied)));
      }
      std::vector<TermId> here = path.conditions;
      here.push_back(terms_.disj(std::move(broken)));
      any.push_back(terms_.conj(std::move(here)));
    }
    const TermId some = terms_.disj(std::move(any));
    if (terms_.is_false(some)) return Answer::kUnsat;
    enc.add(some);
    return settle(enc, nullptr);
  }

  /// Whether some of the properties can be false after the path.
  Answer ask(const Path& path, const std::vector<std::uint32_t>& which, bool* closed = nullptr) {
    Encoder enc = enc_;
    for (const TermId t : path.conditions)
      enc.add(t);
    enc.set_outcome({path.result, path.clause});
    std::vector<TermId> broken;
    for (const std::uint32_t p : which) {
      const auto& pre = m_.properties[p].is_invariant() ? path.post : enc.base_state();
      if (which.size() == 1) {
        enc.refute(m_.properties[p].expr, locals(p, path), pre, path.post);
        break;
      }
      broken.push_back(terms_.negate(enc.eval_bool(m_.properties[p].expr, locals(p, path), pre,
                                                   path.post, ir::smt::Polarity::kDenied)));
    }
    if (which.size() > 1) enc.add(terms_.disj(std::move(broken)));
    return last_ = settle(enc, closed);
  }

  Answer settle(Encoder& enc, bool* closed, bool expect_model = false) {
    for (const Property& p : m_.properties)
      if (p.is_invariant() && !p.expect_refuted)
        enc.assume(p.expr, std::make_shared<ir::smt::Env>(p.locals.size()), enc.base_state(),
                   enc.base_state(), {});
    const Decision d = decide(enc, {options_.milliseconds, false, expect_model}, solver_);
    if (closed != nullptr) *closed = d.complete && enc.unsupported().empty();
    return enc.unsupported().empty() ? d.result.answer : Answer::kUnknown;
  }

  const ir::Module& m_;
  ActionId action_;
  const RecheckOptions& options_;
  ir::smt::TermStore terms_;
  Encoder enc_;
  std::shared_ptr<SolverContext> solver_ = make_z3_context();
  std::vector<Path> paths_;
  std::vector<ir::smt::Footprint> footprints_;
  bool ok_ = false;
  Answer last_ = Answer::kUnknown;
  double start_ = base::thread_seconds();
};

}  // namespace

Recheck::Recheck(const ir::Module& original, RecheckOptions options)
    : m_(original), options_(std::move(options)) {
  for (std::size_t a = 0; a < m_.actions.size(); ++a)
    entries_.push_back(std::make_unique<Entry>());
}
Recheck::~Recheck() = default;

const ActionVerdicts& Recheck::baseline(ActionId action) {
  Entry& entry = *entries_[action];
  const std::lock_guard lock(entry.mutex);
  if (entry.verdicts) return *entry.verdicts;
  std::set<std::uint32_t> properties, covers;
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
    const Property& property = m_.properties[p];
    if (property.expect_refuted) continue;
    if (property.is_invariant() ||
        (property.kind == PropertyKind::kTwoState && is_on(property, action)))
      properties.insert(p);
    if (property.kind == PropertyKind::kCover && property.actions.size() == 1 &&
        property.actions[0] == action)
      covers.insert(p);
  }
  RecheckOptions patient = options_;  // once for many mutants
  patient.seconds *= 10;
  entry.verdicts.emplace();
  entry.verdicts->properties = ActionCheck(m_, action, patient).properties(properties, false);
  ActionCheck check(m_, action, patient);  // with time of its own
  entry.verdicts->covers = check.covers(covers);
  entry.verdicts->dead = check.dead();
  return *entry.verdicts;
}

std::optional<RecheckKill> Recheck::kill(const ir::Module& changed, ActionId action,
                                         const std::set<ir::StmtId>& statements,
                                         ir::ClauseId dropped) {
  const ActionVerdicts& before = baseline(action);
  std::set<std::uint32_t> properties, covers;
  for (const auto& [p, v] : before.properties)
    if (v == Verdict::kProved) properties.insert(p);
  for (const auto& [p, v] : before.covers)
    if (v == Verdict::kProved) covers.insert(p);
  // A cover may be satisfied by a path that is as it was, a property is refuted by one that is not.
  ActionCheck part(changed, action, options_);
  part.restrict_to(statements);
  for (const auto& [p, v] : part.properties(properties, true))
    if (v == Verdict::kRefuted) return RecheckKill{p, ir::kNoId, action, false};
  ActionCheck check(changed, action, options_);
  for (const auto& [p, v] : check.covers(covers))
    if (v == Verdict::kRefuted) return RecheckKill{p, ir::kNoId, action, true};
  for (const ir::ClauseId clause : check.dead())
    if (clause != dropped && before.dead.count(clause) == 0)
      return RecheckKill{ir::kNoId, clause, action, false};
  return std::nullopt;
}

Verdict Recheck::law(const ir::Module& module, std::uint32_t property) const {
  ProveOptions options;
  options.fixed = options_.fixed;
  options.milliseconds = options_.milliseconds;
  const Subjects subjects(module, options);
  std::set<std::uint32_t> hypotheses;
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p)
    if (m_.properties[p].is_invariant() && !m_.properties[p].expect_refuted) hypotheses.insert(p);
  std::mutex emitting;
  const Examined examined = Examiner(module, options, subjects, hypotheses, emitting).law(property);
  Verdict out = examined.failed.empty() ? Verdict::kProved : Verdict::kUnknown;
  for (const Obligation& o : examined.obligations) {
    if (o.verdict == Verdict::kRefuted) return Verdict::kRefuted;
    if (o.verdict == Verdict::kUnknown) out = Verdict::kUnknown;
  }
  return out;
}

std::optional<RecheckKill> Recheck::broken_law(const ir::Module& changed,
                                               const std::vector<ActionId>& actions) {
  for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
    const Property& property = m_.properties[p];
    if (property.kind != PropertyKind::kLaw || property.expect_refuted) continue;
    const auto calls = [&](ActionId a) {
      const auto is_it = [&](const ir::LawCall& c) { return c.action == a; };
      return std::any_of(property.left.begin(), property.left.end(), is_it) ||
             std::any_of(property.right.begin(), property.right.end(), is_it);
    };
    const auto called = std::find_if(actions.begin(), actions.end(), calls);
    if (called == actions.end()) continue;
    {
      const std::lock_guard lock(laws_mutex_);
      const auto [it, is_new] = laws_.try_emplace(p, Verdict::kUnknown);
      if (is_new) it->second = law(m_, p);
      if (it->second != Verdict::kProved) continue;
    }
    if (law(changed, p) == Verdict::kRefuted) return RecheckKill{p, ir::kNoId, *called, false};
  }
  return std::nullopt;
}

}  // namespace gms::check
