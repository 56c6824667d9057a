#include "checker/diff/couple.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>

#include "base/parallel.h"
#include "checker/conform/reach.h"
#include "checker/diff/canonical.h"
#include "checker/diff/join.h"
#include "checker/prove/beside.h"
#include "checker/prove/path_pair.h"
#include "checker/prove/solver.h"
#include "ir/smt/encode.h"
#include "ir/smt/paths.h"
#include "ir/type.h"

namespace gms::diff {
namespace {

using check::Answer;
using ir::StateId;
using ir::smt::Encoder;
using ir::smt::Path;
using ir::smt::SymValue;
using ir::smt::TermId;
using ir::smt::TermStore;

/// One question about one action, from all coupled states that satisfy the invariants of both
/// versions.
class Query {
 public:
  Query(const Joint& joint, const check::Beside& both, const JointAction& action,
        unsigned milliseconds)
      : joint_(joint),
        m_(both.module),
        both_(both),
        action_(action),
        milliseconds_(milliseconds),
        enc_(m_, terms_, values(joint)) {}

  struct Result {
    Answer answer = Answer::kUnknown;
    std::set<StateId> differing;  // kSat, of leaves_coupled
    bool objects = false;         // kSat: what is live differs
    std::string reason;
  };

  /// kUnsat: the action ends alike.
  Result ends_alike() {
    if (!begin()) return {Answer::kUnknown, {}, false, reason_};
    std::vector<TermId> apart;
    for (const Path& a : old_)
      for (const Path& b : now_) {
        std::vector<TermId> taken = both_taken(a, b);
        if (a.result != b.result) {
          apart.push_back(terms_.conj(std::move(taken)));
          continue;
        }
        if (!check::pair_created(terms_, a, b, taken)) {
          apart.push_back(terms_.conj(std::move(taken)));
          continue;
        }
        taken.push_back(outputs_differ(a, b));
        apart.push_back(terms_.conj(std::move(taken)));
      }
    if (both_.may_block) apart.push_back(terms_.negate(terms_.eq(possible(old_), possible(now_))));
    enc_.add(terms_.disj(std::move(apart)));
    const check::Decision d = decide();
    return {verdict(d), {}, false, d.result.reason};
  }

  /// kUnsat: after calls that end alike the states are coupled again.
  Result leaves_coupled() {
    if (!begin()) return {Answer::kUnknown, {}, false, reason_};
    std::vector<std::pair<StateId, TermId>> functions;
    std::vector<TermId> objects, all;
    for (const Path& a : old_)
      for (const Path& b : now_) {
        if (a.result != b.result) continue;
        std::vector<TermId> taken = both_taken(a, b);
        if (!check::pair_created(terms_, a, b, taken)) {
          objects.push_back(terms_.conj(std::move(taken)));
          continue;
        }
        taken.push_back(terms_.negate(outputs_differ(a, b)));
        const TermId alike = terms_.conj(std::move(taken));
        std::set<StateId> touched = a.touched;
        touched.insert(b.touched.begin(), b.touched.end());
        for (const StateId f : touched) {
          if (f >= joint_.shared.size() || !joint_.shared[f]) continue;
          functions.emplace_back(
              f, terms_.conj(alike, check::unequal(terms_, enc_.read(f, points_[f], a.post),
                                                   enc_.read(f, points_[f], b.post))));
        }
        for (std::uint32_t d = 0; d < m_.domains.size(); ++d) {
          const TermId same = terms_.eq(enc_.is_live(d, handles_[d], *a.post),
                                        enc_.is_live(d, handles_[d], *b.post));
          objects.push_back(terms_.conj(alike, terms_.negate(same)));
        }
      }
    all = objects;
    for (const auto& [f, term] : functions)
      all.push_back(term);
    enc_.add(terms_.disj(std::move(all)));
    // One model names one function or two: what else may differ is asked without these.
    Result out{Answer::kUnsat, {}, false, ""};
    for (bool first = true;; first = false) {
      const check::Decision d = decide(first);
      const Answer answer = enc_.unsupported().empty() ? d.result.answer : Answer::kUnknown;
      if (answer == Answer::kUnsat) return out;
      out.answer = Answer::kSat;
      if (answer == Answer::kUnknown) {
        for (const auto& [f, term] : functions)
          out.differing.insert(f);
        out.objects = std::any_of(objects.begin(), objects.end(),
                                  [&](TermId t) { return !terms_.is_false(t); });
        return out;
      }
      const std::size_t before = out.differing.size();
      for (const auto& [f, term] : functions)
        if (d.result.model->value(term) != 0) out.differing.insert(f);
      for (const TermId t : objects)
        out.objects = out.objects || d.result.model->value(t) != 0;
      if (out.objects || out.differing.size() == before) return out;
      for (const auto& [f, term] : functions)
        if (out.differing.count(f) > 0) enc_.add(terms_.negate(term));
    }
  }

 private:
  static std::map<ir::ParamId, std::uint64_t> values(const Joint& joint) {
    std::map<ir::ParamId, std::uint64_t> out;
    for (ir::ParamId p = 0; p < joint.new_values.size(); ++p)
      out[p] = joint.new_values[p];
    return out;
  }

  bool begin() {
    enc_.define_when_used();
    base_ = enc_.base_state();
    const ir::Action &old = m_.actions[both_.original], &now = m_.actions[both_.changed];
    std::vector<SymValue> new_args = ir::smt::fresh_arguments(enc_, now, "");
    std::vector<SymValue> old_args = ir::smt::fresh_arguments(enc_, old, "old.");
    for (const JointLocal& p : action_.params)
      if (p.old_at >= 0 && p.new_at >= 0)
        old_args[static_cast<std::size_t>(p.old_at)] = new_args[static_cast<std::size_t>(p.new_at)];
    reason_ = "too many ways through it";
    if (!ir::smt::enumerate_paths(enc_, old, old_args, base_, old_) ||
        !ir::smt::enumerate_paths(enc_, now, new_args, base_, now_))
      return false;
    for (StateId f = 0; f < m_.states.size(); ++f) {
      std::vector<TermId> keys;
      for (const ir::Type& k : m_.states[f].keys)
        keys.push_back(enc_.fresh_value("at", k, nullptr).value);
      points_.push_back(std::move(keys));
    }
    for (std::uint32_t d = 0; d < m_.domains.size(); ++d)
      handles_.push_back(enc_.fresh_value("some", ir::handle_type(d), nullptr).value);
    return true;
  }

  std::vector<TermId> both_taken(const Path& a, const Path& b) const {
    std::vector<TermId> taken = a.conditions;
    taken.insert(taken.end(), b.conditions.begin(), b.conditions.end());
    return taken;
  }

  check::Decision decide(bool first = true) {
    if (!first) return check::decide(enc_, {milliseconds_, false});
    const auto env = [](const ir::Property& p) {
      return std::make_shared<ir::smt::Env>(p.locals.size());
    };
    const auto holds = [](const ir::Property& p) { return p.is_invariant() && !p.expect_refuted; };
    for (const ir::Property& p : joint_.now.properties)
      if (holds(p)) enc_.assume(p.expr, env(p), base_, base_, {});
    // What put_beside() added of the old version stands behind the new one's.
    const auto shift = static_cast<ir::ExprId>(joint_.now.exprs.size());
    for (const ir::Property& p : joint_.old.properties)
      if (holds(p)) enc_.assume(p.expr + shift, env(p), base_, base_, {});
    return check::decide(enc_, {milliseconds_, false});
  }
  Answer verdict(const check::Decision& d) const {
    if (!enc_.unsupported().empty()) return Answer::kUnknown;
    return d.result.answer == Answer::kSat && !d.complete ? Answer::kUnknown : d.result.answer;
  }

  TermId possible(const std::vector<Path>& paths) {
    std::vector<TermId> any;
    for (const Path& p : paths)
      any.push_back(terms_.conj(p.conditions));
    return terms_.disj(std::move(any));
  }

  TermId outputs_differ(const Path& a, const Path& b) {
    std::vector<TermId> any;
    for (const JointLocal& o : action_.outputs) {
      if (o.old_at < 0 || o.new_at < 0) continue;
      const ir::VarId left = m_.actions[both_.original].outputs[static_cast<std::size_t>(o.old_at)];
      const ir::VarId right = m_.actions[both_.changed].outputs[static_cast<std::size_t>(o.new_at)];
      any.push_back(check::unequal(terms_, (*a.env)[left], (*b.env)[right]));
    }
    return terms_.disj(std::move(any));
  }

  const Joint& joint_;
  const ir::Module& m_;
  const check::Beside& both_;
  const JointAction& action_;
  unsigned milliseconds_;
  TermStore terms_;
  Encoder enc_;
  ir::smt::SymStatePtr base_;
  std::vector<Path> old_, now_;
  std::vector<std::vector<TermId>> points_;
  std::vector<TermId> handles_;
  std::string reason_;
};

class Coupler {
 public:
  Coupler(const ir::Module& old, const check::Valuation& old_values, const ir::Module& now,
          const check::Valuation& new_values, const CoupleOptions& options)
      : old_(old), old_values_(old_values), now_(now), new_values_(new_values), options_(options) {}

  Coupling run() {
    Joint joint = join(old_, old_values_, now_, new_values_);
    // Of one name, but not comparable.
    for (const ir::State& s : now_.states)
      for (StateId f = 0; f < joint.shared.size(); ++f)
        if (joint.old.states[f].name == s.name && !joint.shared[f]) out_.apart.insert(s.name);
    out_.apart.insert(options_.apart.begin(), options_.apart.end());
    compare_texts(joint);
    for (bool changed = true; changed && out_.holds;) {
      changed = false;
      joint = join(old_, old_values_, now_, new_values_, out_.apart);
      std::mutex mutex;
      std::set<std::string> apart;
      std::vector<ir::ActionId> ask = concerned(joint);
      // What it was asked with stays an answer while nothing that it touches is taken out.
      std::erase_if(ask, [&](ir::ActionId a) { return asked_[a] == touched_apart(a); });
      for (const ir::ActionId a : ask)
        asked_[a] = touched_apart(a);
      out_.queries += ask.size();
      base::parallel_for(ask.size(), options_.jobs, [&](std::size_t i) {
        const auto both = check::put_beside(joint.old, joint.now, ask[i]);
        std::set<StateId> differing;
        bool objects = false;
        if (both) {
          const Query::Result r =
              Query(joint, *both, joint.actions[ask[i]], options_.milliseconds).leaves_coupled();
          if (r.answer == Answer::kUnsat) return;
          differing = r.differing;
          objects = r.objects;
        } else {
          differing = writes(joint, ask[i]);
        }
        const std::lock_guard lock(mutex);
        asked_.erase(ask[i]);
        for (const StateId f : differing)
          apart.insert(joint.now.states[f].name);
        out_.holds = out_.holds && !objects && (!differing.empty() || both.has_value());
        if (options_.progress) options_.progress(joint.actions[ask[i]].name);
      });
      for (const std::string& name : apart)
        changed = out_.apart.insert(name).second || changed;
    }
    ask_ends(joint);
    return std::move(out_);
  }

 private:
  void compare_texts(const Joint& joint) {
    Canonical old(joint.old, joint.old_values), now(joint.now, joint.new_values);
    for (ir::ActionId a = 0; a < joint.actions.size(); ++a) {
      same_text_.push_back(joint.actions[a].comparable && old.action(a) == now.action(a));
      check::Reach reach_old(joint.old), reach_new(joint.now);
      reach_old.add_action(a);
      reach_new.add_action(a);
      std::set<std::string>& names = reads_.emplace_back();
      std::set<std::string>& all = touches_.emplace_back();
      for (StateId f = 0; f < joint.shared.size(); ++f) {
        const std::string& name = joint.now.states[f].name;
        if (reach_old.reads()[f] || reach_new.reads()[f]) names.insert(name), all.insert(name);
        if (reach_old.writes()[f] || reach_new.writes()[f]) all.insert(name);
      }
    }
  }

  static std::set<StateId> writes(const Joint& joint, ir::ActionId action) {
    std::set<StateId> out;
    for (const ir::Module* m : {&joint.old, &joint.now}) {
      check::Reach reach(*m);
      reach.add_action(action);
      for (StateId f = 0; f < joint.shared.size(); ++f)
        if (joint.shared[f] && reach.writes()[f]) out.insert(f);
    }
    return out;
  }

  std::optional<std::set<std::string>> touched_apart(ir::ActionId a) const {
    std::set<std::string> out;
    for (const std::string& f : out_.apart)
      if (touches_[a].count(f) > 0) out.insert(f);
    return out;
  }

  bool reads_apart(ir::ActionId a) const {
    return std::any_of(reads_[a].begin(), reads_[a].end(),
                       [&](const std::string& f) { return out_.apart.count(f) > 0; });
  }

  std::vector<ir::ActionId> concerned(const Joint& joint) const {
    std::vector<ir::ActionId> out;
    for (ir::ActionId a = 0; a < joint.actions.size(); ++a)
      if (joint.actions[a].comparable && (!same_text_[a] || reads_apart(a))) out.push_back(a);
    return out;
  }

  void ask_ends(const Joint& joint) {
    for (const JointAction& action : joint.actions)
      if (action.in_old && action.in_new)
        out_.actions[action.name] = action.comparable ? Same::kText : Same::kUnknown;
    const std::vector<ir::ActionId> ask = concerned(joint);
    std::mutex mutex;
    base::parallel_for(ask.size(), options_.jobs, [&](std::size_t i) {
      const JointAction& action = joint.actions[ask[i]];
      Same same = Same::kUnknown;
      std::string reason;
      if (options_.different.count(action.name) > 0) {
        same = Same::kDiffers;
      } else if (!out_.holds) {
        reason = "objects may differ";
      } else if (const auto both = check::put_beside(joint.old, joint.now, ask[i])) {
        const Query::Result r = Query(joint, *both, action, options_.milliseconds).ends_alike();
        if (r.answer == Answer::kUnsat) same = Same::kProved;
        reason = r.answer == Answer::kSat ? "the solver sees a difference that no run shows"
                 : r.reason.empty()       ? "the solver gave up"
                                          : r.reason;
      } else {
        reason = "a choice of the environment is made twice, or picks an object";
      }
      const std::lock_guard lock(mutex);
      ++out_.queries;
      out_.actions[action.name] = same;
      if (same == Same::kUnknown) out_.reasons[action.name] = reason;
      if (options_.progress) options_.progress(action.name);
    });
    if (out_.holds) return;
    for (auto& [name, same] : out_.actions)
      if (same == Same::kText) same = Same::kUnknown;
  }

  const ir::Module& old_;
  const check::Valuation& old_values_;
  const ir::Module& now_;
  const check::Valuation& new_values_;
  const CoupleOptions& options_;
  Coupling out_;
  std::vector<bool> same_text_;                         // by action
  std::vector<std::set<std::string>> reads_, touches_;  // by action, names of state functions
  /// What of it was apart when it was proved to leave coupled states.
  std::map<ir::ActionId, std::optional<std::set<std::string>>> asked_;
};

}  // namespace

Coupling couple(const ir::Module& old, const check::Valuation& old_values, const ir::Module& now,
                const check::Valuation& new_values, const CoupleOptions& options) {
  return Coupler(old, old_values, now, new_values, options).run();
}

}  // namespace gms::diff
