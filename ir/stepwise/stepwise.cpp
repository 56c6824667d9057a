#include "ir/stepwise/stepwise.h"

#include <algorithm>
#include <functional>
#include <set>

#include "ir/atomic.h"
#include "ir/build.h"
#include "ir/calls.h"
#include "ir/find_expr.h"
#include "ir/messages.h"
#include "ir/stepwise/copier.h"
#include "ir/stepwise/effect.h"
#include "ir/stepwise/emit.h"
#include "ir/stepwise/facts.h"
#include "ir/stepwise/owned.h"
#include "ir/taint.h"
#include "ir/type.h"
#include "ir/verify.h"
#include "ir/walk.h"

namespace gms::ir {
namespace stepwise {
namespace {

class Deriver {
 public:
  Deriver(const Module& module, std::vector<Effect> effects)
      : in_(module), m_(out_.module), build_(m_) {
    m_ = module;
    for (Effect& effect : effects)
      effects_[effect.action] = std::move(effect);
  }

  Stepwise run() {
    if (call_domain(m_) == kNoId) m_.domains.push_back({"Call", "A call in flight.", {}});
    fixed_ = fixed_states(in_);
    claimed_ = claimed_states();
    own_ = own_states(in_);
    const std::vector<Action> actions = std::move(m_.actions);
    const std::vector<Property> properties = std::move(m_.properties);
    const std::vector<Clause> clauses = m_.clauses;
    m_.actions.clear();
    m_.properties.clear();
    m_.events.clear();
    m_.name += ".stepwise";
    declare(actions);
    // Graphs come first: exits and procedures still have the original's ids.
    std::vector<Graph> graphs(actions.size());
    for (ActionId id = 0; id < actions.size(); ++id) {
      if (!steps_[id]) continue;
      graphs[id] = make_graph(m_, actions[id], fixed_);
      for (const std::string& why : graphs[id].problems)
        out_.problems.push_back(actions[id].name + ": " + why);
    }
    if (!out_.problems.empty()) return std::move(out_);
    drop_procedures();
    whole_actions(actions);
    std::vector<Places> places(actions.size());
    std::vector<CallStates> states(actions.size());
    for (ActionId id = 0; id < actions.size(); ++id) {
      if (!steps_[id]) continue;
      if (const auto effect = effects_.find(id); effect != effects_.end())
        effect_claims_[id] = claims_of(m_, clauses, graphs[id], effect->second);
      places[id] = find_places(m_, actions[id], graphs[id], wanted(actions[id], id, properties));
      name_places(actions[id], graphs[id], places[id], states[id]);
    }
    WaitGraph waits(m_, own_);
    std::vector<std::map<StateId, std::set<NodeId>>> owned(actions.size());
    for (ActionId id = 0; id < actions.size(); ++id) {
      if (!steps_[id]) continue;
      owned[id] = find_owned(m_, graphs[id], places[id], own_);
      waits.add(actions[id], graphs[id], places[id], owned[id], states[id].names);
    }
    out_.waits = waits.verdict();
    m_.locks.clear();
    m_.enums.push_back(std::move(places_));
    at_ = add_state("Call.at", {call_type()},
                    enum_type(m_, static_cast<EnumId>(m_.enums.size() - 1)));
    for (ActionId id = 0; id < actions.size(); ++id)
      if (steps_[id])
        steps_of(actions[id], id, graphs[id], places[id], states[id], owned[id], clauses);
    others_keep_effects();
    claims(properties);
    for (LockId id = 0; id < locks_.size(); ++id)
      excludes(id);
    owners();
    out_.first_candidate = static_cast<std::uint32_t>(m_.properties.size());
    out_.place_of_property.assign(m_.properties.size(), 0);
    for (Property& p : candidates_)
      m_.properties.push_back(std::move(p));
    out_.place_of_property.insert(out_.place_of_property.end(), places_of_candidates_.begin(),
                                  places_of_candidates_.end());
    out_.place_of_action.resize(m_.actions.size(), 0);
    out_.places_after.resize(m_.actions.size());
    mark_observe_only(m_);
    return std::move(out_);
  }

 private:
  Type call_type() const { return handle_type(call_domain(m_)); }

  StateId add_state(std::string name, std::vector<Type> keys, Type type) {
    State state;
    state.name = std::move(name);
    state.keys = std::move(keys);
    state.type = type;
    state.initial_none = type.optional;
    if (!type.optional) state.initial = zero_bits(m_, type);
    m_.states.push_back(std::move(state));
    return static_cast<StateId>(m_.states.size() - 1);
  }

  // ---- Locks, and which actions have steps ----
  void declare(const std::vector<Action>& actions) {
    for (const Lock& lock : m_.locks) {
      LockStates l;
      l.writer = add_state(lock.name + ".writer", lock.keys, optional_of(call_type()));
      if (lock.shared_mode) {
        std::vector<Type> keys = lock.keys;
        keys.insert(keys.begin(), call_type());
        l.reader = add_state(lock.name + ".reader", keys, bool_type());
      }
      locks_.push_back(l);
    }
    for (const Action& action : actions)
      steps_.push_back(has_steps(in_, action));
    places_.name = "Place";
    places_.members.push_back({"elsewhere", 0, "elsewhere"});
  }

  // What is written out wherever it is called stands nowhere else.
  void drop_procedures() {
    std::vector<ProcId> now(m_.procs.size(), kNoId);
    std::vector<Callable> kept;
    for (ProcId id = 0; id < m_.procs.size(); ++id) {
      if (has_steps(in_, in_.procs[id])) continue;
      now[id] = static_cast<ProcId>(kept.size());
      kept.push_back(m_.procs[id]);
    }
    m_.procs = std::move(kept);
    proc_now_ = std::move(now);
  }

  void call_kept_procedures(const Block& body) {
    std::vector<StmtId> calls;
    for_each_stmt(m_, body, [&](StmtId id, const Stmt& s) {
      if (std::holds_alternative<Call>(s.node)) calls.push_back(id);
    });
    for (const StmtId id : calls) {
      auto& call = std::get<Call>(m_.stmts[id].node);
      call.proc = proc_now_[call.proc];
    }
  }

  // ---- Actions that are one step ----
  void whole_actions(const std::vector<Action>& actions) {
    // The exits of what is kept keep their clauses; those of steps get their own later.
    std::vector<Clause> clauses = std::move(m_.clauses);
    m_.clauses.clear();
    clause_now_.assign(clauses.size(), kNoId);
    action_now_.assign(actions.size(), kNoId);
    for (ActionId id = 0, next = 0; id < actions.size(); ++id)
      if (!steps_[id]) action_now_[id] = next++;
    for (ClauseId id = 0; id < clauses.size(); ++id) {
      Clause clause = clauses[id];
      if (clause.action != kNoId) clause.action = action_now_[clause.action];
      if (clause.proc != kNoId) clause.proc = proc_now_[clause.proc];
      if (clause.action == kNoId && clause.proc == kNoId) continue;
      clause_now_[id] = static_cast<ClauseId>(m_.clauses.size());
      m_.clauses.push_back(std::move(clause));
    }
    for (Callable& proc : m_.procs) {
      call_kept_procedures(proc.body);
      renumber_exits(proc.body);
    }
    for (ActionId id = 0; id < actions.size(); ++id) {
      if (steps_[id]) continue;
      Action action = actions[id];
      call_kept_procedures(action.body);
      renumber_exits(action.body);
      if (action.ok_clause != kNoId) action.ok_clause = clause_now_[action.ok_clause];
      Stepwise::Origin origin;
      origin.action = id;
      out_.origins.push_back(origin);
      m_.actions.push_back(std::move(action));
    }
  }

  void renumber_exits(const Block& body) {
    std::vector<StmtId> exits;
    for_each_stmt(m_, body, [&](StmtId id, const Stmt& s) {
      if (std::holds_alternative<Guard>(s.node)) exits.push_back(id);
    });
    for (const StmtId id : exits) {
      auto& guard = std::get<Guard>(m_.stmts[id].node);
      guard.clause = clause_now_[guard.clause];
      guard.racers.clear();  // calls of actions that may be no longer there; nothing takes it
    }
  }

  // ---- Actions with steps ----
  void steps_of(const Action& action, ActionId id, Graph& graph, const Places& places,
                CallStates& states, const std::map<StateId, std::set<NodeId>>& owned,
                const std::vector<Clause>& clauses) {
    Module& m = m_;
    states.at = at_;
    declare_memory(action, graph, places, states);
    const auto facts = find_facts(m, graph, places, locks_, claimed_, own_);
    const std::size_t first_step = m_.actions.size();
    emit_steps(out_, action, id, graph, places, states, locks_, clauses);
    claims_of_effect(action, id, graph, first_step);
    // The first step, which begins the call, is followed by one from each place, in order.
    out_.place_of_action.resize(first_step + 1, 0);
    for (const auto& [node, number] : states.places)
      out_.place_of_action.push_back(static_cast<std::uint32_t>(number));
    for (const auto& [state, nodes] : owned)
      for (const NodeId node : nodes)
        owners_of_values_[state].push_back({states.places.at(node), {}});
    for (NodeId node = 0; node < graph.nodes.size(); ++node) {
      if (!places.cut[node]) continue;
      for (const Held& lock : graph.nodes[node].held)
        owners_of_locks_[{lock.lock, lock.exclusive}].push_back(
            {states.places.at(node), remembered(lock.keys, states)});
    }
    for (const auto& [node, list] : facts) {
      if (states.places.count(node) == 0) continue;
      for (const ExprId fact : list)
        at_place(graph, states, node, fact);
    }
  }

  // Where the call remembers the keys of a lock. One that is a constant says nothing here.
  std::vector<StateId> remembered(const std::vector<ExprId>& keys, const CallStates& states) const {
    std::vector<StateId> result;
    for (const ExprId key : keys) {
      const Expr& e = m_.exprs[key];
      const auto it = e.op == Op::kVar ? states.remembers.find(e.ref) : states.remembers.end();
      result.push_back(it == states.remembers.end() ? kNoId : it->second);
    }
    return result;
  }

  // What properties about the steps of this action say something of.
  std::set<VarId> wanted(const Action& action, ActionId id,
                         const std::vector<Property>& properties) const {
    std::set<VarId> result;
    for (const Property& p : properties) {
      if (!is_of_steps(p) || p.actions != std::vector<ActionId>{id}) continue;
      for (const VarId var : variables_of(in_, p.expr))
        if (var < action.locals.size()) result.insert(var);
    }
    return result;
  }

  // Of the first statement from there on that others can see.
  static std::string name_from(const Graph& graph, NodeId id) {
    for (std::size_t n = 0; n < graph.nodes.size() && id != kNoId; ++n) {
      const Node& node = graph.nodes[id];
      if (!node.name.empty()) return node.name;
      id = node.kind == Node::Kind::kBranch ? node.other : node.next;  // not out by an exit
    }
    return "place";
  }

  void name_places(const Action& action, const Graph& graph, const Places& places,
                   CallStates& states) {
    std::set<std::string> taken{"begin"};
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
      if (!places.cut[id]) continue;
      std::string base = name_from(graph, id);
      std::replace(base.begin(), base.end(), '.', '_');
      std::string name = base;
      for (int n = 2; !taken.insert(name).second; ++n)
        name = base + "_" + std::to_string(n);
      states.places[id] = places_.members.size();
      states.names[id] = name;
      name = action.name + "." + name;
      places_.members.push_back({name, places_.members.size(), name});
    }
  }

  void declare_memory(const Action& action, const Graph& graph, const Places& places,
                      CallStates& states) {
    std::set<VarId> saved;
    for (NodeId id = 0; id < graph.nodes.size(); ++id)
      if (places.cut[id]) saved.insert(places.saved[id].begin(), places.saved[id].end());
    std::set<std::string> taken;
    for (const VarId var : saved) {
      std::string name = action.name + "." + graph.locals[var].name;
      if (!taken.insert(name).second) name += "_" + std::to_string(var);
      states.remembers[var] = add_state(name, {call_type()}, graph.locals[var].type);
    }
  }

  // ---- Claims ----
  // By StateId: an invariant speaks of it.
  std::vector<bool> claimed_states() const {
    std::vector<bool> result(in_.states.size(), false);
    for (const Property& p : in_.properties) {
      if (!p.is_invariant()) continue;
      has_node(in_, p.expr, true, [&](const Expr& e) {
        if (e.op == Op::kState) result[e.ref] = true;
        return false;
      });
    }
    return result;
  }

  bool is_of_steps(const Property& p) const {
    if (p.kind == PropertyKind::kLaw) return false;
    return speaks_of_calls(in_, p.expr);
  }

  void claims(const std::vector<Property>& properties) {
    for (const Property& p : properties) {
      // Calls that run alone refute it already.
      if (p.expect_refuted && !is_of_steps(p)) continue;
      const bool of_state =
          p.is_invariant() || (p.kind == PropertyKind::kCover && p.actions.empty());
      if (p.is_invariant() || (of_state && is_of_steps(p))) {
        m_.properties.push_back(p);
      } else if (is_of_steps(p)) {
        of_steps(p);
      }
    }
    for (Property& p : of_effects_)
      m_.properties.push_back(std::move(p));
  }

  void claims_of_effect(const Action& action, ActionId id, const Graph& graph,
                        std::size_t first_step) {
    const auto effect = effects_.find(id);
    if (effect == effects_.end()) return;
    for (auto step = static_cast<ActionId>(first_step); step < m_.actions.size(); ++step) {
      std::vector<Local> locals = m_.actions[step].locals;
      const std::vector<StepClaim> claims = claims_of_step(
          m_, step, out_.origins[step].call, effect->second, graph, effect_claims_.at(id), locals);
      claim_of_step(step, action.name, claims, locals);
    }
  }

  // What takes effect at one step of an action no other action changes.
  void others_keep_effects() {
    for (const auto& [marked, effect] : effects_) {
      for (ActionId step = 0; step < m_.actions.size(); ++step) {
        const ActionId original = out_.origins[step].action;
        const auto own = effects_.find(original);
        if (own != effects_.end() && own->second.view == effect.view) continue;
        std::vector<Local> locals = m_.actions[step].locals;
        const std::vector<StepClaim> claims = claims_of_others(m_, step, effect, locals);
        claim_of_step(step, in_.actions[original].name, claims, locals);
      }
    }
  }

  void claim_of_step(ActionId step, const std::string& action, const std::vector<StepClaim>& claims,
                     const std::vector<Local>& locals) {
    for (const StepClaim& claim : claims) {
      Property p;
      p.kind = PropertyKind::kTwoState;
      p.name = action + "." + claim.name + m_.actions[step].name.substr(action.size());
      p.actions = {step};
      p.locals = locals;
      p.expr = claim.expr;
      p.span = m_.actions[step].span;
      of_effects_.push_back(std::move(p));
    }
  }

  // A property on actions, for each of their steps.
  void of_steps(const Property& p) {
    for (ActionId id = 0; id < m_.actions.size(); ++id) {
      const Stepwise::Origin& origin = out_.origins[id];
      const bool named = p.actions.empty() || std::find(p.actions.begin(), p.actions.end(),
                                                        origin.action) != p.actions.end();
      if (!named || origin.whole) continue;
      const Action& step = m_.actions[id];
      Property q = p;
      q.name = p.name + "." + step.name.substr(step.name.find('.') + 1);
      q.actions = {id};
      q.locals = step.locals;
      const VarId self = origin.call;
      Copier copier(m_, p.locals, q.locals, [&](const Expr& e) {
        return e.op == Op::kSelf ? build_.var(self, call_type()) : kNoId;
      });
      q.expr = copier.copy(p.expr);
      m_.properties.push_back(std::move(q));
    }
  }

  // ---- Candidates ----
  ExprId place(const CallStates& states, VarId call, NodeId node) {
    return build_.eq(build_.read(states.at, {build_.var(call, call_type())}),
                     build_.constant(m_.states[states.at].type, states.places.at(node)));
  }

  void candidate(std::string name, std::vector<Local> locals, ExprId expr, base::Span span,
                 std::uint32_t place = 0) {
    Property p;
    p.kind = PropertyKind::kLemma;
    p.name = std::move(name);
    p.locals = std::move(locals);
    p.expr = expr;
    p.span = span;
    candidates_.push_back(std::move(p));
    places_of_candidates_.push_back(place);
  }

  void at_place(const Graph& graph, const CallStates& states, NodeId node, ExprId fact) {
    std::vector<Local> locals{{"c", call_type()}};
    Copier copier(m_, graph.locals, locals, [&](const Expr& e) {
      if (e.op == Op::kSelf) return build_.var(0, call_type());
      return build_.read(states.remembers.at(e.ref), {build_.var(0, call_type())});
    });
    const ExprId body = copier.copy(fact);
    const ExprId claim = build_.implies(place(states, 0, node), body);
    const Enum& places = m_.enums[m_.states[states.at].type.decl];
    const std::string name =
        places.members[states.places.at(node)].name + ".fact" + std::to_string(candidates_.size());
    candidate(name, std::move(locals), build_.forall({{0, call_type(), kNoId, kNoId}}, claim),
              graph.nodes[node].span, static_cast<std::uint32_t>(states.places.at(node)));
  }

  // Who has a lock to itself is alone with it.
  void excludes(LockId id) {
    const LockStates& l = locks_[id];
    if (l.reader == kNoId) return;
    std::vector<Type> keys = in_.locks[id].keys;
    const std::size_t call = keys.size();
    keys.push_back(call_type());
    everywhere(
        in_.locks[id].name + ".excludes", keys, call, in_.locks[id].span, [&](const Point& at) {
          std::vector<ExprId> reader_keys = at();
          std::rotate(reader_keys.begin(), reader_keys.end() - 1, reader_keys.end());
          std::vector<ExprId> writer_keys = at();
          writer_keys.pop_back();
          return build_.implies(build_.read(l.reader, reader_keys),
                                build_.negate(build_.is_some(build_.read(l.writer, writer_keys))));
        });
  }

  // New reads of the binders: an expression has one place only.
  using Point = std::function<std::vector<ExprId>()>;

  // A candidate about all points of the keys, the one with number `call` being a call.
  void everywhere(std::string name, const std::vector<Type>& keys, std::size_t call,
                  base::Span span, const std::function<ExprId(const Point&)>& claim) {
    std::vector<Local> locals;
    std::vector<Binder> binders;
    for (const Type& type : keys) {
      binders.push_back({static_cast<VarId>(locals.size()), type, kNoId, kNoId});
      locals.push_back({locals.size() == call ? "c" : "k", type});
    }
    const ExprId body = claim([&] {
      std::vector<ExprId> at;
      for (const Binder& b : binders)
        at.push_back(build_.var(b.var, b.type));
      return at;
    });
    candidate(std::move(name), std::move(locals), build_.forall(std::move(binders), body), span);
  }

  // ---- What belongs to a call ----
  struct Owner {
    std::uint64_t place = 0;    // a member of Place
    std::vector<StateId> keys;  // of a lock: where it is remembered, or kNoId
  };

  void owners() {
    for (StateId id = 0; id < own_.size(); ++id) {
      if (!own_[id]) continue;
      const State state = m_.states[id];
      owners(state.name, state.keys, 0, owners_of_values_[id], [&](std::vector<ExprId> at) {
        const ExprId value = build_.read(id, std::move(at));
        if (state.initial_none) return build_.is_some(value);
        return build_.ne(value, build_.constant(state.type, state.initial));
      });
    }
    for (LockId id = 0; id < locks_.size(); ++id) {
      const LockStates& l = locks_[id];
      std::vector<Type> keys = in_.locks[id].keys;
      const std::size_t last = keys.size();
      keys.push_back(call_type());
      owners(m_.states[l.writer].name, keys, last, owners_of_locks_[{id, true}],
             [&](const std::vector<ExprId>& at) {
               return build_.eq(build_.read(l.writer, {at.begin(), at.end() - 1}),
                                build_.some(at.back()));
             });
      if (l.reader == kNoId) continue;
      owners(m_.states[l.reader].name, m_.states[l.reader].keys, 0, owners_of_locks_[{id, false}],
             [&](std::vector<ExprId> at) { return build_.read(l.reader, std::move(at)); });
    }
  }

  // Only a call at one of these places has such a thing, a lock only where it remembers it.
  void owners(const std::string& name, const std::vector<Type>& keys, std::size_t call,
              const std::vector<Owner>& where,
              const std::function<ExprId(std::vector<ExprId>)>& has) {
    everywhere(name + ".owners", keys, call, {}, [&](const Point& at) {
      ExprId there = build_.boolean(false);
      for (const Owner& owner : where) {
        ExprId here = build_.eq(build_.read(at_, {at()[call]}),
                                build_.constant(m_.states[at_].type, owner.place));
        std::size_t position = 0;
        for (const StateId key : owner.keys) {
          if (position == call) ++position;
          if (key != kNoId)
            here = build_.both(here, build_.eq(at()[position], build_.read(key, {at()[call]})));
          ++position;
        }
        there = build_.either(there, here);
      }
      return build_.implies(has(at()), there);
    });
  }

  const Module& in_;
  Stepwise out_;
  Module& m_;
  ExprBuilder build_;
  std::vector<bool> fixed_, claimed_, own_;
  std::map<StateId, std::vector<Owner>> owners_of_values_;
  std::map<std::pair<LockId, bool>, std::vector<Owner>> owners_of_locks_;
  std::map<ActionId, Effect> effects_;  // of `in_`
  std::map<ActionId, EffectClaims> effect_claims_;
  std::vector<Property> of_effects_;
  std::vector<bool> steps_;  // by ActionId of `in_`
  std::vector<LockStates> locks_;
  std::vector<Property> candidates_;
  std::vector<std::uint32_t> places_of_candidates_;
  std::vector<ProcId> proc_now_;
  std::vector<ActionId> action_now_;
  std::vector<ClauseId> clause_now_;
  Enum places_;  // until all are known
  StateId at_ = kNoId;
};

}  // namespace
}  // namespace stepwise

Stepwise to_stepwise(const Module& module) {
  Module marked = module;
  Stepwise refused;
  std::vector<stepwise::Effect> effects = stepwise::mark_effects(marked, refused.problems);
  if (!refused.problems.empty()) return refused;
  return stepwise::Deriver(marked, std::move(effects)).run();
}

std::optional<Stepwise> checked_stepwise(const Module& module, base::DiagSink& sink) {
  Stepwise stepwise = to_stepwise(module);
  for (const std::string& problem : stepwise.problems)
    sink.report(diag::no_stepwise, {}, module.name, problem);
  if (!stepwise.problems.empty() || !verify(stepwise.module, sink)) return std::nullopt;
  return stepwise;
}

}  // namespace gms::ir
