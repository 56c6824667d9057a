#include "checker/prove/differential.h"

#include <algorithm>
#include <set>

#include "checker/prove/known_state.h"
#include "checker/prove/solver.h"
#include "ir/smt/paths.h"
#include "ir/type.h"

namespace gms::check {
namespace {

using ir::DomainId;
using ir::StateId;
using ir::Type;
using ir::TypeKind;
using ir::interp::HandleKey;
using ir::interp::Outcome;
using ir::interp::State;
using ir::interp::Value;
using ir::smt::Encoder;
using ir::smt::Path;
using ir::smt::SymValue;
using ir::smt::TermId;
using ir::smt::TermStore;

constexpr std::size_t kPointsPerFunction = 8;
constexpr std::size_t kOutcomesAsked = 4;
constexpr std::uint64_t kIndices = 8;

struct Point {
  StateId f = ir::kNoId;
  std::vector<std::uint64_t> keys;
  auto operator<=>(const Point&) const = default;
};

class Comparison {
 public:
  Comparison(const ir::Module& module, const ir::interp::Valuation& valuation, const State& before,
             const RandomCall& call, Random& random)
      : m_(module),
        before_(before),
        call_(call),
        random_(random),
        action_(module.actions[call.action]),
        enc_(module, terms_, fixed(valuation)),
        known_(enc_, before) {}

  StepComparison run() {
    std::vector<SymValue> args;
    for (std::size_t i = 0; i < call_.args.size(); ++i)
      args.push_back(known_.value(action_.locals[action_.params[i]].type, call_.args[i]));
    const auto pre = enc_.known_state(known_);
    if (!ir::smt::enumerate_paths(enc_, action_, args, pre, paths_)) {
      result_.undecided = "the paths could not be enumerated";
      return result_;
    }
    result_.paths = paths_.size();
    outcomes_ = distinct();
    collect_points();
    result_.points = points_.size();

    // One formula: some path ends like none of the outcomes.
    std::vector<std::vector<TermId>> as(outcomes_.size());  // by outcome: paths that end like it
    std::vector<TermId> other;
    for (const Path& path : paths_) {
      std::vector<TermId> taken = path.conditions;
      name_created(path, taken);
      const TermId here = terms_.conj(std::move(taken));
      if (terms_.is_false(here)) continue;
      std::vector<TermId> like;
      for (std::size_t o = 0; o < outcomes_.size(); ++o) {
        if (outcomes_[o]->clause != path.clause) continue;
        like.push_back(ends_like(path, *outcomes_[o]));
        as[o].push_back(terms_.conj(here, like.back()));
      }
      other.push_back(terms_.conj(here, terms_.negate(terms_.disj(std::move(like)))));
    }
    const TermId surplus = terms_.disj(std::move(other));
    known_.close(enc_, kIndices);
    const bool complete = enc_.instantiate();
    if (!enc_.unsupported().empty()) {
      result_.undecided = enc_.unsupported();
      return result_;
    }
    for (const std::size_t o : asked()) {
      const SolverResult r = ask(terms_.disj(as[o]));
      if (r.answer == Answer::kUnsat)
        result_.disagreement = "the formulas exclude " + text(*outcomes_[o]);
      if (r.answer == Answer::kUnknown) result_.undecided = r.reason;
    }
    if (!result_.disagreement.empty()) return result_;
    SolverResult r = ask(surplus);
    if (r.answer == Answer::kUnknown) result_.undecided = r.reason;
    if (r.answer == Answer::kSat) {
      if (complete)
        result_.disagreement = "the formulas allow " + surplus_text(*r.model);
      else
        result_.undecided = "the index set did not close";
    }
    return result_;
  }

 private:
  static std::map<ir::ParamId, std::uint64_t> fixed(const ir::interp::Valuation& valuation) {
    std::map<ir::ParamId, std::uint64_t> out;
    for (ir::ParamId p = 0; p < valuation.size(); ++p)
      out.emplace(p, valuation[p]);
    return out;
  }

  SolverResult ask(TermId formula) {
    if (terms_.is_false(formula)) {
      SolverResult r;
      r.answer = Answer::kUnsat;
      return r;
    }
    ++result_.queries;
    std::vector<ir::smt::Axiom> axioms = enc_.axioms();
    axioms.push_back({formula, {}});
    return ask_z3(terms_, axioms, {10000, false});
  }

  std::vector<const Outcome*> distinct() const {
    std::vector<const Outcome*> out;
    for (const Outcome& o : call_.outcomes) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const Outcome* other) {
        return other->clause == o.clause && other->outputs == o.outputs && other->next == o.next;
      });
      if (!known) out.push_back(&o);
    }
    return out;
  }

  std::vector<std::size_t> asked() {
    std::vector<std::size_t> all(outcomes_.size());
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = i;
    while (all.size() > kOutcomesAsked)
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(random_.below(all.size())));
    return all;
  }

  // ---- Where states are compared ----
  void add_runs(const State& state, StateId f, std::set<Point>& out) const {
    const ir::interp::StateShape& shape = state.shape().states[f];
    state.for_each_run(
        f, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last, const Value&) {
          for (const std::uint64_t position : {from, last, from - 1, last + 1, from + 1}) {
            Point p{f, {}};
            for (std::size_t i = 0; i < shape.domains.size(); ++i)
              p.keys.push_back(key.handles[i]);
            for (const auto& flat : shape.flat)
              p.keys.push_back((position >> flat.shift) & ir::mask_of(flat.width));
            for (std::size_t i = 0; i < p.keys.size(); ++i)
              if (m_.states[f].keys[i].kind == TypeKind::kEnum &&
                  !ir::is_value_of(m_, m_.states[f].keys[i], p.keys[i]))
                return;
            out.insert(std::move(p));
          }
        });
  }

  void add_random(StateId f, std::set<Point>& out) {
    Point p{f, {}};
    const RandomValues values(m_);
    for (const Type& k : m_.states[f].keys) {
      if (k.kind == TypeKind::kHandle && random_.one_in(4)) {  // dead, or never alive
        p.keys.push_back(known_.some_handle(k.decl, random_.next()));
        continue;
      }
      const auto v = values.value(random_, k, before_);
      if (!v) return;
      p.keys.push_back(v->bits);
    }
    out.insert(std::move(p));
  }

  void collect_points() {
    std::set<StateId> touched;
    for (const Path& path : paths_)
      touched.insert(path.touched.begin(), path.touched.end());
    touched.insert(static_cast<StateId>(random_.below(m_.states.size())));
    for (const StateId f : touched) {
      std::set<Point> some;
      add_runs(before_, f, some);
      for (const Outcome* o : outcomes_)
        add_runs(o->next, f, some);
      std::vector<Point> chosen(some.begin(), some.end());
      while (chosen.size() > kPointsPerFunction)
        chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(random_.below(chosen.size())));
      std::set<Point> all(chosen.begin(), chosen.end());
      add_random(f, all);
      points_.insert(points_.end(), all.begin(), all.end());
    }
    for (DomainId d = 0; d < m_.domains.size(); ++d) {
      std::set<std::uint32_t> numbers(before_.live(d).begin(), before_.live(d).end());
      for (const Outcome* o : outcomes_)
        numbers.insert(o->next.live(d).begin(), o->next.live(d).end());
      for (const std::uint32_t n : numbers)
        known_.handle(d, n);
      handles_.emplace_back(numbers.begin(), numbers.end());
    }
  }

  // ---- Formulas ----
  /// A new handle is any that is not live; which one is a matter of names.
  void name_created(const Path& path, std::vector<TermId>& taken) {
    State probe = before_;
    for (DomainId d = 0; d < m_.domains.size(); ++d) {
      std::vector<TermId> made;
      for (auto c = path.post->live[d]; c != nullptr; c = c->below)
        if (c->live) made.push_back(c->handle);
      for (auto it = made.rbegin(); it != made.rend(); ++it)
        taken.push_back(terms_.eq(*it, known_.handle(d, probe.create(d))));
    }
  }

  void compare(std::vector<TermId>& all, const Type& type, const SymValue& mine, const Value& v) {
    if (!v.is_known()) return;
    if (v.tag == ir::interp::Tag::kNone) {
      all.push_back(terms_.negate(mine.present));
      return;
    }
    all.push_back(mine.present);
    all.push_back(terms_.eq(mine.value, known_.value(type, v).value));
  }

  TermId ends_like(const Path& path, const Outcome& o) {
    std::vector<TermId> all;
    for (std::size_t i = 0; i < action_.outputs.size(); ++i)
      compare(all, action_.locals[action_.outputs[i]].type, (*path.env)[action_.outputs[i]],
              o.outputs[i]);
    for (const Point& p : points_) {
      std::vector<TermId> keys;
      for (std::size_t i = 0; i < p.keys.size(); ++i)
        keys.push_back(known_.value(m_.states[p.f].keys[i], Value::known(p.keys[i])).value);
      compare(all, m_.states[p.f].type, enc_.read(p.f, keys, path.post), o.next.read(p.f, p.keys));
    }
    for (DomainId d = 0; d < m_.domains.size(); ++d)
      for (const std::uint32_t n : handles_[d]) {
        const TermId live = enc_.is_live(d, known_.handle(d, n), *path.post);
        all.push_back(o.next.is_live(d, n) ? live : terms_.negate(live));
      }
    return terms_.conj(std::move(all));
  }

  // ---- Words ----
  std::string text(const Outcome& o) const { return "an outcome at " + m_.clauses[o.clause].label; }

  std::string surplus_text(SolverModel& model) {
    for (const Path& path : paths_) {
      std::vector<TermId> taken = path.conditions;
      name_created(path, taken);
      if (std::any_of(taken.begin(), taken.end(), [&](TermId c) { return model.value(c) == 0; }))
        continue;
      std::string out = "a way to " + m_.clauses[path.clause].label;
      const Outcome* same = nullptr;
      for (const Outcome* o : outcomes_)
        if (o->clause == path.clause) {
          same = o;
          break;
        }
      if (same == nullptr) return out + ", which the interpreter does not reach";
      for (std::size_t i = 0; i < action_.outputs.size(); ++i) {
        std::vector<TermId> eq;
        compare(eq, action_.locals[action_.outputs[i]].type, (*path.env)[action_.outputs[i]],
                same->outputs[i]);
        if (model.value(terms_.conj(eq)) == 0)
          out += "; output " + action_.locals[action_.outputs[i]].name + " differs";
      }
      for (const Point& p : points_) {
        std::vector<TermId> keys, eq;
        std::string at;
        for (std::size_t i = 0; i < p.keys.size(); ++i) {
          keys.push_back(known_.value(m_.states[p.f].keys[i], Value::known(p.keys[i])).value);
          at += (i > 0 ? ", " : "") + ir::value_text(m_, m_.states[p.f].keys[i], p.keys[i]);
        }
        compare(eq, m_.states[p.f].type, enc_.read(p.f, keys, path.post),
                same->next.read(p.f, p.keys));
        if (model.value(terms_.conj(eq)) == 0)
          out += "; " + m_.states[p.f].name + "[" + at + "] differs";
      }
      return out;
    }
    return "a path that the model does not show";
  }

  const ir::Module& m_;
  const State& before_;
  const RandomCall& call_;
  Random& random_;
  const ir::Action& action_;
  TermStore terms_;
  Encoder enc_;
  KnownState known_;
  std::vector<Path> paths_;
  std::vector<const Outcome*> outcomes_;
  std::vector<Point> points_;
  std::vector<std::vector<std::uint32_t>> handles_;  // by domain, compared for being live
  StepComparison result_;
};

}  // namespace

StepComparison compare_step(const ir::Module& module, const ir::interp::Valuation& valuation,
                            const State& before, const RandomCall& call, Random& random) {
  return Comparison(module, valuation, before, call, random).run();
}

std::string call_text(const ir::Module& module, ir::ActionId action,
                      const std::vector<Value>& args) {
  const ir::Action& a = module.actions[action];
  std::string out = a.name + "(";
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) out += ", ";
    out += args[i].is_known() && args[i].tag != ir::interp::Tag::kNone
               ? ir::value_text(module, a.locals[a.params[i]].type, args[i].bits)
               : "none";
  }
  return out + ")";
}

}  // namespace gms::check
