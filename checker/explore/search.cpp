#include "checker/explore/search.h"

#include <algorithm>
#include <map>

#include "base/cpu_time.h"
#include "checker/conform/reach.h"
#include "checker/explore/law_check.h"
#include "checker/explore/shown_value.h"
#include "model/runtime/hash.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;
using model::hash_mix;

constexpr std::size_t kMaxTemplates = 128, kMaxMoves = 24;

/// What is worth telling apart in a local at the end of a call.
std::uint64_t kind_of(const Datum& value, const ir::Type& type) {
  std::uint64_t kind = static_cast<std::uint64_t>(value.tag);
  if (value.tag != Tag::kKnown) return kind;
  const bool small = type.kind == ir::TypeKind::kBool || type.kind == ir::TypeKind::kEnum;
  return kind + 16 * (small ? value.bits + 2 : value.bits == 0 ? 0 : 1);
}

}  // namespace

interp::RunOptions call_options() {
  interp::RunOptions options;
  options.keep_locals = true;
  options.max_steps = 100'000;
  options.max_candidates = 8;
  return options;
}

Search::Search(const ir::Module& module, const ArgPools& pools, GoalBook& goals,
               const ExploreOptions& options, ExploreReport& report)
    : m_(module),
      pools_(pools),
      goals_(goals),
      options_(options),
      report_(report),
      prints_(module),
      rng_(options.seed),
      templates_(module.actions.size()),
      credit_(module.actions.size(), 12),
      passed_over_(module.clauses.size()) {
  for (ir::ActionId a = 0; a < module.actions.size(); ++a) {
    Reach reach(module);
    reach.add_action(a);
    reads_.push_back(reach.reads());
    for (const ParamPool& pool : pools.of(a))
      if (options.may_call && pool.may_be_dead) nameable_.push_back(pool.type.decl);
  }
  for (std::size_t i = 0; i < options.needed && i < report.goals.size(); ++i)
    needed_open_ += !report.goals[i].run;
}

bool Search::out_of_time() {
  if (stop_) return true;
  stop_ = goals_.open() == 0 ||
          (options_.needed > 0 && needed_open_ == 0 && report_.bound.calls >= options_.min_calls) ||
          base::thread_seconds() > until_.seconds ||
          (until_.calls != 0 && report_.bound.calls >= until_.calls);
  return stop_;
}

std::uint64_t Search::identity(const interp::State& state) {
  std::uint64_t hash = prints_.exact(state);
  for (const ir::DomainId domain : nameable_)
    hash = hash_mix(hash, state.next_handle(domain) - 1 > state.live(domain).size() ? 1 : 0);
  return hash;
}

// ---- Arguments ----

Search::Args Search::simplest(ir::ActionId action) const {
  Args args;
  for (const ParamPool& pool : pools_.of(action)) {
    if (pool.type.kind == ir::TypeKind::kHandle) {
      args.push_back({Arg::Kind::kHandle, 0});
    } else if (pool.type.optional) {
      args.push_back({Arg::Kind::kNone, 0});
    } else {
      args.push_back({Arg::Kind::kValue, pool.values.empty() ? 0 : pool.values.front()});
    }
  }
  return args;
}

bool Search::resolve(const interp::State& state, ir::ActionId action, const Args& args) {
  const std::vector<ParamPool>& pools = pools_.of(action);
  args_.clear();
  for (std::size_t i = 0; i < args.size(); ++i) {
    switch (args[i].kind) {
      case Arg::Kind::kValue: args_.push_back(Datum::known(args[i].value)); break;
      case Arg::Kind::kNone: args_.push_back(Datum::none()); break;
      case Arg::Kind::kDead: args_.push_back(Datum::known(0)); break;
      case Arg::Kind::kHandle: {
        const auto live = state.live(pools[i].type.decl);
        if (live.empty()) {
          if (!pools[i].type.optional) return false;
          args_.push_back(Datum::none());
        } else {
          const std::size_t back = std::min<std::size_t>(args[i].value, live.size() - 1);
          args_.push_back(Datum::known(live[live.size() - 1 - back]));
        }
        break;
      }
    }
  }
  return true;
}

std::vector<Search::Arg> Search::alternatives(const interp::State& state, const ParamPool& pool,
                                              const Arg& now) {
  std::vector<Arg> all;
  const auto add = [&](Arg arg) {
    if (!(arg == now)) all.push_back(arg);
  };
  if (pool.type.optional) add({Arg::Kind::kNone, 0});
  if (pool.type.kind == ir::TypeKind::kHandle) {
    const std::size_t live = std::min<std::size_t>(state.live(pool.type.decl).size(), 2);
    for (std::size_t rank = 0; rank < live; ++rank)
      add({Arg::Kind::kHandle, rank});
    if (pool.may_be_dead) add({Arg::Kind::kDead, 0});
    return all;
  }
  // The simple ones, and some of the others.
  for (std::size_t i = 0; i < pool.values.size() && i < 32; ++i)
    add({Arg::Kind::kValue, pool.values[i]});
  for (std::size_t n = 0; pool.values.size() > 32 && n < 8; ++n)
    add({Arg::Kind::kValue, pool.values[32 + pick(pool.values.size() - 32)]});
  if (now.kind == Arg::Kind::kValue) {
    for (const std::uint64_t mask : pool.masks)
      add({Arg::Kind::kValue, now.value ^ mask});
  }
  return all;
}

Search::Args Search::mutate(const interp::State& state, ir::ActionId action, Args args,
                            unsigned places) {
  if (args.empty()) return args;
  for (unsigned n = 0; n < places; ++n) {
    const std::size_t i = pick(args.size());
    const std::vector<Arg> other = alternatives(state, pools_.of(action)[i], args[i]);
    if (!other.empty()) args[i] = other[pick(other.size())];
  }
  return args;
}

// ---- One call ----

void Search::found(const Goal& goal, std::uint32_t parent, const RunCall* last) {
  goals_.close(goal);
  if (goal.kind == GoalKind::kClause && goal.id >= options_.first_aside)
    passed_over_[goal.id] = true;
  for (Reached& reached : report_.goals) {
    if (!(reached.goal == goal) || reached.run) continue;
    if (static_cast<std::size_t>(&reached - report_.goals.data()) < options_.needed) --needed_open_;
    reached.run = run_to(parent, last);
    reached.seconds = base::thread_seconds();
  }
}

Run Search::run_to(std::uint32_t node, const RunCall* last) const {
  Run run;
  run.valuation = valuation_;
  if (last != nullptr) run.calls.push_back(*last);
  for (std::uint32_t id = node; nodes_[id].parent != ir::kNoId; id = nodes_[id].parent)
    run.calls.push_back(nodes_[id].call);
  std::reverse(run.calls.begin(), run.calls.end());
  return run;
}

/// The call at hand, behind the step that led to the node.
void Search::offer(const Node& from, std::uint32_t from_id, ir::ActionId action) {
  if (!options_.wants_run || from.parent == ir::kNoId) return;
  const Node& before = nodes_[from.parent];
  std::vector<ir::StateId> changed;
  for (ir::StateId f = 0; f < m_.states.size(); ++f)
    if (from.by_function[f] != before.by_function[f]) changed.push_back(f);
  const ExploreOptions::Step step{before.state, from.call.action, from.state, changed, from.depth};
  if (!options_.wants_run(valuation_, step, action, args_)) return;
  const std::vector<interp::Outcome> ends =
      in_->outcomes(from.state, action, args_, call_options());
  if (ends.empty()) return;
  const RunCall last{action, args_, ends.back().clause, ends.back().result, ends.back().outputs, 0};
  options_.on_run(run_to(from_id, &last));
}

Search::Called Search::call(const Node& from, std::uint32_t from_id, ir::ActionId action,
                            const Args& args, std::vector<Node>& next, bool all) {
  Called result;
  if (!resolve(from.state, action, args)) return result;
  const RunCall* const last = from.parent == ir::kNoId ? nullptr : &from.call;
  if (options_.may_call && !options_.may_call(valuation_, from.state, last, action, args_))
    return result;
  result.made = true;
  ++report_.bound.calls;
  offer(from, from_id, action);
  const ir::Action& declared = m_.actions[action];
  interp::RunOptions run = call_options();
  run.passed_over = &passed_over_;
  std::vector<interp::Outcome> outcomes = in_->outcomes(from.state, action, args_, run);
  std::map<ir::ClauseId, std::uint32_t> choices;
  for (interp::Outcome& outcome : outcomes) {
    const std::uint32_t choice = choices[outcome.clause]++;
    unsigned chosen = from.chosen_values;
    if (options_.choose_shown_values)
      chosen += choose_shown_values(*in_, from.state, action, args_, chosen, run, outcome);
    if (!outcome.next.exact()) continue;
    RunCall made{action, args_, outcome.clause, outcome.result, outcome.outputs, choice};
    if (goals_.clause_open(outcome.clause))
      found({GoalKind::kClause, outcome.clause}, from_id, &made);
    if (outcome.clause >= options_.first_aside) {
      result.novel = behaviours_.insert(hash_mix(action, outcome.clause)).second || result.novel;
      continue;
    }

    std::uint64_t behaviour = hash_mix(action, outcome.clause);
    for (std::size_t i = declared.params.size(); i < outcome.locals.size(); ++i)
      behaviour = hash_mix(behaviour, kind_of(outcome.locals[i], declared.locals[i].type));
    const bool changes = !(outcome.next == from.state);
    bool fresh = false;
    if (changes) {
      result.changes = true;
      fresh = seen_.insert(identity(outcome.next)).second;
      const std::vector<std::uint64_t>& now = prints_.by_function();
      changed_.resize(now.size());
      for (std::size_t i = 0; i < now.size(); ++i) {
        changed_[i] = now[i] != from.by_function[i];
        if (changed_[i]) behaviour = hash_mix(behaviour, i);
      }
      behaviour = hash_mix(behaviour, prints_.kind_sum() - from.kind_sum);
    }
    const bool novel = behaviours_.insert(behaviour).second;
    result.novel = result.novel || novel;
    // A property is asked about what is new; a cover may be about arguments that change nothing.
    // Listed first: what is found closes itself.
    std::vector<std::uint32_t> asked;
    for (const std::uint32_t property : goals_.on_step(action))
      if (novel || fresh || goal_of(m_, property).kind == GoalKind::kCover)
        asked.push_back(property);
    for (const std::uint32_t property : asked) {
      const Goal goal = goal_of(m_, property);
      if (step_reaches(*in_, goal, from.state, action, outcome)) found(goal, from_id, &made);
    }
    if (fresh) {
      const std::vector<std::uint32_t> open = goals_.on_state();
      for (const std::uint32_t property : open) {
        if (goals_.meets(property, changed_) && state_reaches(*in_, property, outcome.next))
          found(goal_of(m_, property), from_id, &made);
      }
      ++report_.bound.states;
    }
    if (changes && (fresh || all)) {
      next.push_back({std::move(outcome.next),
                      from_id,
                      std::move(made),
                      from.depth + 1,
                      chosen,
                      prints_.by_function(),
                      prints_.kind_sum(),
                      {}});
    }
  }
  if (options_.on_call)
    options_.on_call({valuation_, from.state, action, args_, result.novel, result.changes,
                      [this, from_id] { return run_to(from_id, nullptr); }});
  if (result.novel && templates_[action].size() < kMaxTemplates)
    templates_[action].push_back({args, result.changes});
  return result;
}

// ---- Learning which calls there are ----

/// Varies the known calls of the action in one place each, then in two at random.
void Search::learn(std::uint32_t id, ir::ActionId action) {
  const Node& node = nodes_[id];
  std::vector<Template>& known = templates_[action];
  if (known.empty()) {
    Args args = simplest(action);
    constexpr unsigned kTries = 24;  // the simplest may be one that no run may have
    for (unsigned n = 0; !call(node, id, action, args, layer_, false).made; ++n) {
      if (!options_.may_call || n == kTries || out_of_time()) return;
      args = mutate(node.state, action, simplest(action), 1 + n / 8);
    }
    if (known.empty()) known.push_back({args, false});
  }
  std::size_t before = known.size();
  const std::size_t news = before;
  const std::size_t stride = 1 + known.size() / kMaxMoves;
  for (std::size_t i = pick(stride); i < before && !out_of_time(); i += 1 + pick(2 * stride - 1))
    call(node, id, action, Args(known[i].args), layer_, false);
  std::vector<std::size_t> work;
  if (credit_[action] >= 1) {
    work.push_back(0);
    if (before > 1) work.push_back(before - 1);
    if (before > 2) work.push_back(1 + pick(before - 2));
    credit_[action] = std::max(0.0, credit_[action] - 1);
  } else if (goals_.wanted(action)) {
    work.push_back(pick(before));
  }
  const std::vector<ParamPool>& pools = pools_.of(action);
  for (std::size_t w = 0; w < work.size() && w < 40 && !out_of_time(); ++w) {
    const Args base = known[work[w]].args;
    for (std::size_t i = 0; i < base.size(); ++i) {
      for (const Arg& other : alternatives(node.state, pools[i], base[i])) {
        Args varied = base;
        varied[i] = other;
        before = known.size();
        call(node, id, action, varied, layer_, false);
        if (known.size() > before) work.push_back(before);
      }
    }
  }
  const std::size_t random = 4 + 2 * pools.size();
  for (std::size_t n = 0; n < random && !pools.empty() && !out_of_time(); ++n) {
    const Args args = mutate(node.state, action, known[pick(known.size())].args, 2);
    call(node, id, action, args, layer_, false);
  }
  credit_[action] += 0.5 * static_cast<double>(known.size() - news);
}

void Search::expand(std::uint32_t id) {
  ++report_.bound.expanded;
  for (ir::ActionId action = 0; action < m_.actions.size() && !out_of_time(); ++action) {
    const std::uint64_t kind = hash_mix(prints_.kind(nodes_[id].state, reads_[action]), action);
    if (learnt_.insert(kind).second) {
      learn(id, action);
      continue;
    }
    // What is known to change something, with the other objects in turn.
    const std::vector<ParamPool>& pools = pools_.of(action);
    const std::size_t known = templates_[action].size();
    const std::size_t stride = 1 + known / kMaxMoves;
    for (std::size_t t = pick(stride); t < known; t += 1 + pick(2 * stride - 1)) {
      if (!templates_[action][t].changes) continue;
      const Args base = templates_[action][t].args;
      call(nodes_[id], id, action, base, layer_, false);
      for (std::size_t i = 0; i < base.size(); ++i) {
        if (pools[i].type.kind != ir::TypeKind::kHandle) continue;
        for (const Arg& other : alternatives(nodes_[id].state, pools[i], base[i])) {
          if (other.kind != Arg::Kind::kHandle) continue;
          Args varied = base;
          varied[i] = other;
          call(nodes_[id], id, action, varied, layer_, false);
        }
      }
    }
  }
}

void Search::try_laws(std::uint32_t id, unsigned tuples) {
  const std::vector<std::uint32_t> open = goals_.laws();
  const Node& node = nodes_[id];
  for (const std::uint32_t property : open) {
    const ir::Property& law = m_.properties[property];
    const std::vector<ir::VarId> params = law_params(m_, law);
    for (unsigned n = 0; n < tuples && !out_of_time(); ++n) {
      std::vector<Datum> values(law.locals.size());
      // Where an argument of a call is a parameter of the law, what the action takes.
      for (const std::vector<ir::LawCall>* side : {&law.left, &law.right}) {
        for (const ir::LawCall& one : *side) {
          const std::vector<Template>& known = templates_[one.action];
          const Args args =
              mutate(node.state, one.action,
                     known.empty() ? simplest(one.action) : known[pick(known.size())].args,
                     static_cast<unsigned>(pick(3)));
          if (!resolve(node.state, one.action, args)) continue;
          for (std::size_t i = 0; i < one.args.size(); ++i) {
            const ir::Expr* e = &m_.exprs[one.args[i]];
            if (e->op == ir::Op::kSome) e = &m_.exprs[e->args[0]];
            if (e->op == ir::Op::kVar && values[e->ref].tag == Tag::kUnset &&
                !(is_none(args_[i]) && !law.locals[e->ref].type.optional))
              values[e->ref] = args_[i];
          }
        }
      }
      std::vector<Datum> args;
      bool possible = true;
      for (const ir::VarId var : params) {
        const ir::Type& type = law.locals[var].type;
        Datum value = values[var];
        if (value.tag == Tag::kUnset) {
          const auto live = type.kind == ir::TypeKind::kHandle ? node.state.live(type.decl)
                                                               : std::span<const std::uint32_t>();
          if (type.kind == ir::TypeKind::kHandle) {
            possible = possible && !live.empty();
            if (possible) value = Datum::known(live[pick(live.size())]);
          } else {
            value = Datum::known(0);
          }
        }
        possible = possible && !(type.kind == ir::TypeKind::kHandle && value.tag == Tag::kKnown &&
                                 !node.state.is_live(type.decl, value.bits));
        args.push_back(value);
      }
      if (!possible) continue;
      report_.bound.calls += law.left.size() + law.right.size();
      auto breach = law_breach(*in_, property, node.state, args);
      if (!breach) continue;
      const Goal goal = goal_of(m_, property);
      found(goal, id, nullptr);
      for (Reached& reached : report_.goals) {
        if (!(reached.goal == goal) || !reached.run) continue;
        reached.run->law_args = args;
        reached.run->left = breach->left;
        reached.run->right = breach->right;
      }
      break;
    }
  }
}

}  // namespace gms::check
