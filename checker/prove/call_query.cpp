#include "checker/prove/call_query.h"

#include <algorithm>

#include "checker/conform/reach.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {

using ir::ClauseId;
using ir::DomainId;
using ir::StateId;
using ir::Type;
using ir::VarId;
using ir::interp::HandleKey;
using ir::interp::State;
using ir::smt::Encoder;
using ir::smt::Path;
using ir::smt::SymValue;
using ir::smt::TermId;

namespace {

constexpr std::uint64_t kIndices = 2;  // candidates of every index sort, beside those of the state
constexpr std::size_t kMaxRounds = 400;
// Of each state function: where the states differ, and where they do not.
constexpr std::size_t kChangedPoints = 16, kSamePoints = 4;

bool assigns_var(const ir::Stmt& stmt, VarId var) {
  if (const auto* let = std::get_if<ir::Let>(&stmt.node)) return let->var == var;
  if (const auto* assign = std::get_if<ir::Assign>(&stmt.node)) return assign->var == var;
  if (const auto* choose = std::get_if<ir::Choose>(&stmt.node)) return choose->var == var;
  if (const auto* create = std::get_if<ir::Create>(&stmt.node)) return create->var == var;
  if (const auto* call = std::get_if<ir::Call>(&stmt.node))
    return std::find(call->results.begin(), call->results.end(), var) != call->results.end();
  return false;
}

/// A solver that is given an encoder's axioms as they come.
class Asked {
 public:
  Asked(Encoder& enc, const SolverLimits& limits, const std::shared_ptr<SolverContext>& context)
      : enc_(enc), session_(start_z3(enc.terms(), limits, context)) {}

  /// kSat: the model satisfies all universal facts as well.
  Answer settle() {
    for (; rounds_ < kMaxRounds; ++rounds_) {
      if (!enc_.unsupported().empty()) return unknown(enc_.unsupported());
      for (; added_ < enc_.axioms().size(); ++added_)
        session_->add(enc_.axioms()[added_]);
      const Answer answer = session_->check();
      if (answer == Answer::kUnknown)
        return unknown("the solver does not know: " + session_->reason());
      if (answer == Answer::kUnsat || enc_.refine([&](TermId t) { return holds(t); }) == 0)
        return answer;
    }
    return unknown("the solver's instances do not come to an end");
  }
  /// In the model of the last kSat.
  bool holds(TermId t) { return session_->model().value(t) != 0; }
  const std::string& why() const { return why_; }

 private:
  Answer unknown(std::string why) {
    why_ = std::move(why);
    return Answer::kUnknown;
  }

  Encoder& enc_;
  std::unique_ptr<Session> session_;
  std::size_t added_ = 0, rounds_ = 0;
  std::string why_;
};

/// Some of the set, spread over it.
template <class T>
void keep_some(std::set<T>& all, std::size_t count) {
  if (all.size() <= count) return;
  std::set<T> kept;
  std::size_t at = 0;
  for (const T& one : all)
    if (at++ * count / all.size() == kept.size()) kept.insert(one);
  all = std::move(kept);
}

}  // namespace

ActionFacts::ActionFacts(const ir::Module& module, ir::ActionId id) {
  const ir::Action& action = module.actions[id];
  Reach reach(module);
  reach.add_action(id);
  reads = reach.reads();
  assigns.resize(action.outputs.size());
  assigned_by_exit.resize(action.outputs.size());
  const auto note_exit = [&](const ir::Stmt& stmt) {
    const auto* guard = std::get_if<ir::Guard>(&stmt.node);
    if (guard == nullptr) return;
    for (const ir::Assign& a : guard->with)
      for (std::size_t i = 0; i < action.outputs.size(); ++i)
        if (a.var == action.outputs[i]) assigned_by_exit[i].insert(guard->clause);
  };
  ir::for_each_stmt(module, action.body, [&](ir::StmtId s, const ir::Stmt& stmt) {
    for (std::size_t i = 0; i < action.outputs.size(); ++i)
      if (assigns_var(stmt, action.outputs[i])) assigns[i].insert(s);
    note_exit(stmt);
  });
  // The exits of a procedure leave the action, and assign its outputs.
  for (const ir::Callable& proc : module.procs)
    ir::for_each_stmt(module, proc.body,
                      [&](ir::StmtId, const ir::Stmt& stmt) { note_exit(stmt); });
}

bool ActionFacts::assigned(const ir::Action& action, std::size_t output, const Path& path) const {
  const auto& params = action.params;
  if (std::find(params.begin(), params.end(), action.outputs[output]) != params.end()) return true;
  if (assigned_by_exit[output].count(path.clause) > 0) return true;
  return std::any_of(assigns[output].begin(), assigns[output].end(),
                     [&](ir::StmtId s) { return path.passed.count(s) > 0; });
}

CallQuery::CallQuery(const ir::Module& module, const std::map<ir::ParamId, std::uint64_t>& params,
                     const State& before, ir::ActionId action, const ActionFacts& facts)
    : m_(module),
      before_(before),
      action_(module.actions[action]),
      facts_(facts),
      enc_(module, terms_, params),
      known_(enc_, before) {
  enc_.define_when_used();
  new_.resize(module.domains.size());
}

CallQuery::Permitted CallQuery::permitted(std::span<const Datum> args,
                                          const std::vector<Seen>* seen, const SolverLimits& limits,
                                          const std::shared_ptr<SolverContext>& context) {
  const auto pre = enc_.known_state(known_);
  std::vector<SymValue> values;
  for (std::size_t i = 0; i < action_.params.size(); ++i)
    values.push_back(argument(action_.locals[action_.params[i]], args[i], *pre));
  std::vector<Path> paths;
  if (!ir::smt::enumerate_paths(enc_, action_, values, pre, paths))
    return {{}, "the action has too many paths for the solver"};
  for (Path& path : paths) {
    const TermId here = agrees(path, seen);
    if (!terms_.is_false(here)) ways_.push_back({std::move(path), here, terms_.fresh("taken", {})});
  }
  if (!enc_.unsupported().empty()) return {{}, enc_.unsupported()};
  if (ways_.empty()) return {};
  known_.close(enc_, kIndices, &facts_.reads);
  Encoder enc = enc_;
  // Each way has a name of its own: one that is known is no longer asked for, but it may hold
  // beside others, where the environment chooses.
  std::vector<TermId> any;
  for (const Way& way : ways_) {
    enc.add(terms_.implies(way.asked, way.formula));
    any.push_back(way.asked);
  }
  enc.add(terms_.disj(std::move(any)));
  Permitted out;
  Asked asked(enc, limits, context);
  for (;;) {
    const Answer answer = asked.settle();
    if (answer == Answer::kUnknown) return {{}, asked.why()};
    if (answer == Answer::kUnsat) return out;
    bool found = false;
    for (const Way& way : ways_)
      if (asked.holds(way.formula)) found = out.clauses.insert(way.path.clause).second || found;
    if (!found) return {{}, "the solver's model takes no path"};
    for (const Way& way : ways_)
      if (out.clauses.count(way.path.clause) > 0) enc.add(terms_.negate(way.asked));
  }
}

Answer CallQuery::leaves(ClauseId clause, const State& next, const SolverLimits& limits,
                         const std::shared_ptr<SolverContext>& context) {
  std::set<Point> all;
  for (StateId f = 0; f < m_.states.size(); ++f)
    points(f, next, all);
  Encoder enc = enc_;
  std::vector<TermId> any;
  for (const Way& way : ways_) {
    if (way.path.clause != clause) continue;
    std::set<Point> here = all;
    written(way.path, enc, here);
    any.push_back(terms_.conj(way.formula, ends_in(way.path, next, here, enc)));
  }
  const TermId some = terms_.disj(std::move(any));
  if (!enc.unsupported().empty()) return Answer::kUnknown;
  if (terms_.is_false(some)) return Answer::kUnsat;
  enc.add(some);
  return Asked(enc, limits, context).settle();
}

SymValue CallQuery::argument(const ir::Local& param, const Datum& arg,
                             const ir::smt::SymState& pre) {
  if (arg.is_known()) return known_.value(param.type, arg);
  return enc_.fresh_value(param.name, param.type, &pre);
}

TermId CallQuery::agrees(const Path& path, const std::vector<Seen>* seen) {
  std::vector<TermId> all = path.conditions;
  if (seen != nullptr) {
    for (const Seen& one : *seen) {
      if (one.output != ir::kNoId)
        all.push_back(shows(path, one.output, one.value));
      else if (one.value.is_known() && one.value.bits != path.result)
        return terms_.boolean(false);
    }
  }
  name_created(path, all);
  return terms_.conj(std::move(all));
}

TermId CallQuery::shows(const Path& path, std::uint32_t output, const Datum& value) {
  if (!value.is_known()) return terms_.boolean(true);
  const bool none = value.tag == Tag::kNone;
  if (!facts_.assigned(action_, output, path)) return terms_.boolean(none);
  const SymValue& mine = (*path.env)[action_.outputs[output]];
  if (none) return terms_.negate(mine.present);
  const Type& type = action_.locals[action_.outputs[output]].type;
  return terms_.conj(mine.present, terms_.eq(mine.value, known_.value(type, value).value));
}

/// A new handle is any that is not live; which one is a matter of names.
void CallQuery::name_created(const Path& path, std::vector<TermId>& taken) {
  if (path.created_or_destroyed.empty()) return;
  State probe = before_;
  for (DomainId d = 0; d < m_.domains.size(); ++d) {
    std::vector<TermId> made;
    for (auto c = path.post->live[d]; c != nullptr; c = c->below)
      if (c->live) made.push_back(c->handle);
    for (auto it = made.rbegin(); it != made.rend(); ++it) {
      const std::uint32_t n = probe.create(d);
      taken.push_back(terms_.eq(*it, known_.handle(d, n)));
      created_.emplace(*it, n);
      new_[d].insert(n);
    }
  }
}

/// The ends of the runs that only one of the two states has, what is next to them, and some others.
void CallQuery::points(StateId f, const State& next, std::set<Point>& out) const {
  using Run = std::tuple<HandleKey, std::uint64_t, std::uint64_t>;
  const ir::interp::StateShape& shape = before_.shape().states[f];
  std::map<Run, Datum> runs;
  std::set<Run> changed, same;
  before_.for_each_run(
      f, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last, const Datum& v) {
        runs.emplace(Run{key, from, last}, v);
      });
  next.for_each_run(
      f, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last, const Datum& v) {
        const auto it = runs.find({key, from, last});
        const bool kept = it != runs.end() && it->second == v;
        (kept ? same : changed).insert({key, from, last});
        if (kept) runs.erase(it);
      });
  for (const auto& [run, value] : runs)
    changed.insert(run);
  keep_some(changed, kChangedPoints);
  keep_some(same, kSamePoints);
  const auto add = [&](const HandleKey& key, std::uint64_t position) {
    Point p{f, {}};
    for (std::size_t i = 0; i < shape.domains.size(); ++i)
      p.keys.push_back(key.handles[i]);
    for (const auto& flat : shape.flat)
      p.keys.push_back((position >> flat.shift) & ir::mask_of(flat.width));
    for (std::size_t i = 0; i < p.keys.size(); ++i)
      if (m_.states[f].keys[i].kind == ir::TypeKind::kEnum &&
          !ir::is_value_of(m_, m_.states[f].keys[i], p.keys[i]))
        return;
    out.insert(std::move(p));
  };
  for (const auto& [key, from, last] : changed)
    for (const std::uint64_t position : {from, last, from - 1, last + 1})
      add(key, position);
  for (const auto& [key, from, last] : same)
    add(key, from);
}

/// The number that a term is known to have.
std::optional<std::uint64_t> CallQuery::number(TermId term) const {
  if (terms_.is_true(term)) return 1;
  if (terms_.is_false(term)) return 0;
  if (terms_[term].op == ir::smt::TermOp::kBits) return terms_[term].bits;
  const auto it = created_.find(term);
  if (it == created_.end()) return std::nullopt;
  return it->second;
}

/// Where a key of an assignment stands for a range: its ends and what is next to them. Nothing if
/// that is not known.
std::vector<std::uint64_t> CallQuery::values_of_key(ir::ExprId key, const ir::smt::Layer& layer,
                                                    Encoder& enc) const {
  const auto value = [&](ir::ExprId e) {
    return number(enc.eval(e, layer.env, layer.before, layer.before).value);
  };
  const ir::Expr& expr = m_.exprs[key];
  for (const ir::Binder& b : layer.update->binders) {
    if (expr.op != ir::Op::kVar || expr.ref != b.var) continue;
    if (b.type.kind == ir::TypeKind::kHandle) {
      const auto live = before_.live(b.type.decl);
      return {live.begin(),
              live.begin() + static_cast<std::ptrdiff_t>(std::min(live.size(), kSamePoints))};
    }
    if (b.lo == ir::kNoId) return {0};
    const auto lo = value(b.lo), hi = value(b.hi);
    if (!lo || !hi) return {};
    const std::uint64_t mask = ir::mask_of(b.type.width);
    return {*lo, (*hi - 1) & mask, *hi & mask, (*lo - 1) & mask};
  }
  const auto one = value(key);
  if (!one) return {};
  return {*one};
}

/// Where the path writes, as far as its text says where.
void CallQuery::written(const Path& path, Encoder& enc, std::set<Point>& out) const {
  for (const StateId f : path.touched) {
    std::set<Point> some;
    for (const ir::smt::Layer* layer = path.post->functions[f].get(); layer != nullptr;
         layer = layer->below.get()) {
      if (layer->update == nullptr) continue;
      std::vector<Point> partial{{f, {}}};
      for (const ir::ExprId key : layer->one->keys) {
        std::vector<Point> longer;
        for (const std::uint64_t v : values_of_key(key, *layer, enc))
          for (const Point& p : partial) {
            longer.push_back(p);
            longer.back().keys.push_back(v);
          }
        partial = std::move(longer);
      }
      some.insert(partial.begin(), partial.end());
    }
    keep_some(some, kChangedPoints);
    out.insert(some.begin(), some.end());
  }
}

TermId CallQuery::ends_in(const Path& path, const State& next, const std::set<Point>& points,
                          Encoder& enc) {
  std::vector<TermId> all;
  for (const Point& p : points) {
    const Datum value = next.read(p.f, p.keys);
    if (!value.is_known()) continue;
    std::vector<TermId> keys;
    for (std::size_t i = 0; i < p.keys.size(); ++i)
      keys.push_back(known_.value(m_.states[p.f].keys[i], Datum::known(p.keys[i])).value);
    const SymValue mine = enc.read(p.f, keys, path.post);
    if (value.tag == Tag::kNone) {
      all.push_back(terms_.negate(mine.present));
      continue;
    }
    all.push_back(mine.present);
    all.push_back(terms_.eq(mine.value, known_.value(m_.states[p.f].type, value).value));
  }
  for (DomainId d = 0; d < m_.domains.size(); ++d) {
    std::set<std::uint32_t> numbers(before_.live(d).begin(), before_.live(d).end());
    numbers.insert(next.live(d).begin(), next.live(d).end());
    numbers.insert(new_[d].begin(), new_[d].end());
    for (const std::uint32_t n : numbers) {
      const TermId live = enc.is_live(d, known_.handle(d, n), *path.post);
      all.push_back(next.is_live(d, n) ? live : terms_.negate(live));
    }
  }
  return terms_.conj(std::move(all));
}

}  // namespace gms::check
