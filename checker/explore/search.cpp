#include "checker/explore/search.h"

#include <time.h>

#include <algorithm>
#include <map>

#include "checker/conform/reach.h"
#include "checker/explore/law_check.h"
#include "model/runtime/hash.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;
using model::hash_mix;

constexpr std::size_t kMaxTemplates = 64, kMaxLayer = 6000, kMaxNodes = 40000;

/// What is worth telling apart in a local at the end of a call.
std::uint64_t kind_of(const Datum& value, const ir::Type& type) {
  std::uint64_t kind = static_cast<std::uint64_t>(value.tag);
  if (value.tag != Tag::kKnown) return kind;
  const bool small = type.kind == ir::TypeKind::kBool || type.kind == ir::TypeKind::kEnum;
  return kind + 16 * (small ? value.bits + 2 : value.bits == 0 ? 0 : 1);
}

}  // namespace

double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
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
      credit_(module.actions.size(), 12) {
  for (ir::ActionId a = 0; a < module.actions.size(); ++a) {
    Reach reach(module);
    reach.add_action(a);
    reads_.push_back(reach.reads());
  }
}

bool Search::out_of_time() {
  if (stop_) return true;
  stop_ = goals_.open() == 0 || thread_seconds() > until_ ||
          (options_.max_calls != 0 && report_.bound.calls >= options_.max_calls);
  return stop_;
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
                                              const Arg& now) const {
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
  for (const std::uint64_t v : pool.values)
    add({Arg::Kind::kValue, v});
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
  for (Reached& reached : report_.goals) {
    if (!(reached.goal == goal) || reached.run) continue;
    Run run;
    run.valuation = valuation_;
    if (last != nullptr) run.calls.push_back(*last);
    for (std::uint32_t id = parent; nodes_[id].parent != ir::kNoId; id = nodes_[id].parent)
      run.calls.push_back(nodes_[id].call);
    std::reverse(run.calls.begin(), run.calls.end());
    reached.run = std::move(run);
    reached.seconds = thread_seconds();
  }
}

Search::Called Search::call(const Node& from, std::uint32_t from_id, ir::ActionId action,
                            const Args& args, std::vector<Node>& next, bool all) {
  Called result;
  if (!resolve(from.state, action, args)) return result;
  result.made = true;
  ++report_.bound.calls;
  const ir::Action& declared = m_.actions[action];
  interp::RunOptions options;
  options.keep_locals = true;
  options.max_steps = 100'000;
  options.max_candidates = 8;
  std::vector<interp::Outcome> outcomes = in_->outcomes(from.state, action, args_, options);
  std::map<ir::ClauseId, std::uint32_t> choices;
  for (interp::Outcome& outcome : outcomes) {
    const std::uint32_t choice = choices[outcome.clause]++;
    if (!outcome.next.exact()) continue;
    RunCall made{action, args_, outcome.clause, outcome.result, outcome.outputs, choice};
    if (goals_.clause_open(outcome.clause))
      found({GoalKind::kClause, outcome.clause}, from_id, &made);

    std::uint64_t behaviour = hash_mix(action, outcome.clause);
    for (std::size_t i = declared.params.size(); i < outcome.locals.size(); ++i)
      behaviour = hash_mix(behaviour, kind_of(outcome.locals[i], declared.locals[i].type));
    const bool changes = !(outcome.next == from.state);
    bool fresh = false;
    Node node{outcome.next, from_id, {}, from.depth + 1, {}, {}};
    if (changes) {
      result.changes = true;
      fresh = seen_.insert(prints_.exact(outcome.next)).second;
      node.by_function = prints_.by_function();
      for (std::size_t i = 0; i < node.by_function.size(); ++i)
        if (node.by_function[i] != from.by_function[i]) behaviour = hash_mix(behaviour, i);
    }
    const bool novel = behaviours_.insert(behaviour).second;
    result.novel = result.novel || novel;
    if (novel || fresh) {
      // Copied: what is found closes itself.
      const std::vector<std::uint32_t> open = goals_.on_step(action);
      for (const std::uint32_t property : open) {
        const Goal goal = goal_of(m_, property);
        if (step_reaches(*in_, goal, from.state, action, outcome)) found(goal, from_id, &made);
      }
    }
    if (fresh) {
      changed_.assign(node.by_function.size(), false);
      for (std::size_t i = 0; i < changed_.size(); ++i)
        changed_[i] = node.by_function[i] != from.by_function[i];
      const std::vector<std::uint32_t> open = goals_.on_state();
      for (const std::uint32_t property : open) {
        if (goals_.meets(property, changed_) && state_reaches(*in_, property, outcome.next))
          found(goal_of(m_, property), from_id, &made);
      }
      ++report_.bound.states;
    }
    if (changes && (fresh || all)) {
      node.call = std::move(made);
      next.push_back(std::move(node));
    }
  }
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
    const Args args = simplest(action);
    if (!call(node, id, action, args, layer_, false).made) return;
    if (known.empty()) known.push_back({args, false});
  }
  std::size_t before = known.size();
  const std::size_t news = before;
  for (std::size_t i = 0; i < before && !out_of_time(); ++i)
    call(node, id, action, Args(known[i].args), layer_, false);
  std::vector<std::size_t> work;
  if (credit_[action] >= 1) {
    work.push_back(0);
    if (before > 1) work.push_back(before - 1);
    if (before > 2) work.push_back(1 + pick(before - 2));
    credit_[action] -= 1;
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
    for (std::size_t t = 0; t < known; ++t) {
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

// ---- The order of the search ----

bool Search::new_features(const std::vector<Fingerprinter::Feature>& features) {
  return std::any_of(features.begin(), features.end(),
                     [&](const auto& one) { return !feature_count_.contains(one.hash); });
}

std::uint32_t Search::keep(Node node) {
  for (const Fingerprinter::Feature& one : node.features)
    ++feature_count_[one.hash];
  nodes_.push_back(std::move(node));
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

/// Those with the rarest features; each choice makes what it has less rare.
std::vector<Search::Node> Search::select(std::vector<Node> layer) {
  std::vector<Node> chosen;
  if (layer.size() <= options_.beam) return layer;
  complete_ = false;
  std::unordered_map<std::uint64_t, std::uint32_t> count = feature_count_;
  const std::vector<double> interest = goals_.interest();
  const auto score = [&](const Node& node) {
    double sum = 0;
    for (const Fingerprinter::Feature& one : node.features) {
      const auto at = count.find(one.hash);
      const double weight = one.function == ir::kNoId ? 1 : interest[one.function];
      sum += weight * (at == count.end() ? 2.0 : 1.0 / (1.0 + at->second));
    }
    return sum;
  };
  std::vector<std::pair<double, std::size_t>> heap;
  for (std::size_t i = 0; i < layer.size(); ++i)
    heap.emplace_back(score(layer[i]), i);
  std::make_heap(heap.begin(), heap.end());
  while (chosen.size() < options_.beam && !heap.empty()) {
    std::pop_heap(heap.begin(), heap.end());
    auto [old, i] = heap.back();
    const double now = score(layer[i]);
    if (now < old) {
      heap.back().first = now;
      std::push_heap(heap.begin(), heap.end());
      continue;
    }
    heap.pop_back();
    for (const Fingerprinter::Feature& one : layer[i].features)
      ++count[one.hash];
    chosen.push_back(std::move(layer[i]));
  }
  return chosen;
}

void Search::breadth_first() {
  std::vector<std::uint32_t> frontier{0};
  for (unsigned depth = 0; depth < options_.max_depth && !frontier.empty(); ++depth) {
    layer_.clear();
    for (const std::uint32_t id : frontier) {
      if (out_of_time()) return;
      expand(id);
      try_laws(id, 6);
      if (layer_.size() > kMaxLayer) {
        complete_ = false;
        for (Node& node : layer_)
          if (node.features.empty()) node.features = prints_.features(node.state);
        layer_ = select(std::move(layer_));
      }
    }
    report_.bound.depth = std::max(report_.bound.depth, depth + 1);
    if (complete_) report_.bound.complete_depth = std::max(report_.bound.complete_depth, depth + 1);
    for (Node& node : layer_)
      if (node.features.empty()) node.features = prints_.features(node.state);
    frontier.clear();
    for (Node& node : select(std::move(layer_)))
      frontier.push_back(keep(std::move(node)));
  }
}

void Search::walk() {
  ++report_.bound.walks;
  // Of a few states the one that looks rarest.
  std::uint32_t id = 0;
  double best = -1;
  for (int n = 0; n < 4; ++n) {
    const auto one = static_cast<std::uint32_t>(pick(nodes_.size()));
    double rare = 0;
    for (const Fingerprinter::Feature& f : nodes_[one].features)
      rare = std::max(rare, 1.0 / (1.0 + feature_count_[f.hash]));
    if (rare > best) best = rare, id = one;
  }
  const std::size_t kept = nodes_.size();
  bool worth = false;
  std::vector<Node> next;
  for (unsigned step = 0; step < 8 && !out_of_time(); ++step) {
    if (nodes_[id].depth >= 2 * options_.max_depth) break;
    next.clear();
    for (unsigned n = 0; n < 12 && next.empty(); ++n) {
      const auto action = static_cast<ir::ActionId>(pick(m_.actions.size()));
      const std::vector<Template>& known = templates_[action];
      if (known.empty()) {
        learn(id, action);
        continue;
      }
      const unsigned places = rng_() % 8 < 4 ? 0 : rng_() % 8 < 5 ? 1 : 2;
      const Args args = mutate(nodes_[id].state, action, known[pick(known.size())].args, places);
      call(nodes_[id], id, action, args, next, true);
    }
    if (next.empty()) break;
    Node& taken = next[pick(next.size())];
    taken.features = prints_.features(taken.state);
    const bool new_here = new_features(taken.features);
    worth = worth || new_here;
    nodes_.push_back(std::move(taken));
    id = static_cast<std::uint32_t>(nodes_.size() - 1);
    if (new_here) {
      for (std::size_t i = kept; i < nodes_.size(); ++i)
        for (const Fingerprinter::Feature& one : nodes_[i].features)
          ++feature_count_[one.hash];
      try_laws(id, 2);
      if (nodes_.size() < kMaxNodes) {
        layer_.clear();
        expand(id);
        layer_.clear();
      }
    }
  }
  if (!worth || nodes_.size() >= kMaxNodes) {
    while (nodes_.size() > kept)
      nodes_.pop_back();
  }
}

void Search::run(const Valuation& valuation, double until) {
  valuation_ = valuation;
  in_ = std::make_unique<interp::Interpreter>(m_, valuation);
  until_ = until;
  stop_ = false;
  nodes_.clear();
  seen_.clear();
  learnt_.clear();
  feature_count_.clear();
  complete_ = true;
  std::fill(credit_.begin(), credit_.end(), 12);
  ++report_.bound.valuations;
  Node first{in_->fresh(), ir::kNoId, {}, 0, {}, {}};
  seen_.insert(prints_.exact(first.state));
  first.by_function = prints_.by_function();
  first.features = prints_.features(first.state);
  ++report_.bound.states;
  keep(std::move(first));
  const std::vector<std::uint32_t> open = goals_.on_state();
  for (const std::uint32_t property : open)
    if (state_reaches(*in_, property, nodes_[0].state)) found(goal_of(m_, property), 0, nullptr);
  breadth_first();
  while (!out_of_time())
    walk();
}

}  // namespace gms::check
