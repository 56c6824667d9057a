#include "ir/stepwise/stepwise.h"

#include <algorithm>
#include <set>

#include "ir/atomic.h"
#include "ir/build.h"
#include "ir/calls.h"
#include "ir/messages.h"
#include "ir/stepwise/copier.h"
#include "ir/stepwise/emit.h"
#include "ir/stepwise/facts.h"
#include "ir/taint.h"
#include "ir/type.h"
#include "ir/verify.h"
#include "ir/walk.h"

namespace gms::ir {
namespace stepwise {
namespace {

class Deriver {
 public:
  explicit Deriver(const Module& module) : in_(module), m_(out_.module), build_(m_) { m_ = module; }

  Stepwise run() {
    if (call_domain(m_) == kNoId) m_.domains.push_back({"Call", "A call in flight.", {}});
    fixed_ = fixed_states(in_);
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
    m_.locks.clear();
    for (ActionId id = 0; id < actions.size(); ++id)
      if (steps_[id]) steps_of(actions[id], id, graphs[id], properties, clauses);
    claims(properties);
    for (LockId id = 0; id < locks_.size(); ++id)
      excludes(id);
    out_.first_candidate = static_cast<std::uint32_t>(m_.properties.size());
    out_.place_of_property.assign(m_.properties.size(), 0);
    for (Property& p : candidates_)
      m_.properties.push_back(std::move(p));
    out_.place_of_property.insert(out_.place_of_property.end(), places_of_candidates_.begin(),
                                  places_of_candidates_.end());
    out_.place_of_action.resize(m_.actions.size(), 0);
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

  // ---- Locks, and which action a call is of ----
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
    Enum names;
    names.name = "ActionInFlight";
    names.members.push_back({"nothing", 0, "nothing"});
    for (const Action& action : actions) {
      steps_.push_back(has_steps(in_, action));
      numbers_.push_back(names.members.size());
      if (!steps_.back()) continue;
      names.members.push_back({"in_" + action.name, names.members.size(), "in_" + action.name});
    }
    m_.enums.push_back(std::move(names));
    const auto id = static_cast<EnumId>(m_.enums.size() - 1);
    action_of_ = add_state("Call.action", {call_type()}, enum_type(m_, id));
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
  void steps_of(const Action& action, ActionId id, Graph& graph,
                const std::vector<Property>& properties, const std::vector<Clause>& clauses) {
    Module& m = m_;
    const Places places = find_places(m, action, graph, wanted(action, id, properties));
    CallStates states;
    declare_places(action, graph, places, states);
    states.action = action_of_;
    states.number = numbers_[id];
    const auto facts = find_facts(m, graph, places, locks_);
    const std::size_t first_step = m_.actions.size();
    emit_steps(out_, action, id, graph, places, states, locks_, clauses);
    // The first step, which begins the call, is followed by one from each place, in order.
    out_.place_of_action.resize(first_step + 1, 0);
    for (const auto& [node, number] : states.places)
      out_.place_of_action.push_back(places_before_ + static_cast<std::uint32_t>(number));
    in_one_action(states, action);
    for (const auto& [node, list] : facts) {
      if (states.places.count(node) == 0) continue;
      for (const ExprId fact : list)
        at_place(action, graph, states, node, fact);
    }
    places_before_ += static_cast<std::uint32_t>(states.places.size());
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

  void declare_places(const Action& action, const Graph& graph, const Places& places,
                      CallStates& states) {
    Enum names;
    names.name = "PlaceIn_" + action.name;
    names.members.push_back({"elsewhere", 0, "elsewhere"});
    std::set<std::string> taken{"elsewhere", "begin"};
    std::set<VarId> saved;
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
      if (!places.cut[id]) continue;
      std::string name = graph.nodes[id].name.empty() ? "place" : graph.nodes[id].name;
      std::replace(name.begin(), name.end(), '.', '_');
      for (int n = 2; !taken.insert(name).second; ++n)
        name = (graph.nodes[id].name.empty() ? "place" : graph.nodes[id].name) + "_" +
               std::to_string(n);
      states.places[id] = names.members.size();
      names.members.push_back({name, names.members.size(), name});
      saved.insert(places.saved[id].begin(), places.saved[id].end());
    }
    m_.enums.push_back(std::move(names));
    const auto id = static_cast<EnumId>(m_.enums.size() - 1);
    states.at = add_state(action.name + ".stands_at", {call_type()}, enum_type(m_, id));
    std::set<std::string> names_of_locals{action.name + ".stands_at"};
    for (const VarId var : saved) {
      std::string name = action.name + "." + graph.locals[var].name;
      if (!names_of_locals.insert(name).second) name += "_" + std::to_string(var);
      states.remembers[var] = add_state(name, {call_type()}, graph.locals[var].type);
    }
  }

  // ---- Claims ----
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
      VarId self = kNoId;
      for (VarId v = 0; v < step.locals.size() && self == kNoId; ++v)
        if (step.locals[v].name == "call" && step.locals[v].type == call_type()) self = v;
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

  void at_place(const Action& action, const Graph& graph, const CallStates& states, NodeId node,
                ExprId fact) {
    std::vector<Local> locals{{"c", call_type()}};
    Copier copier(m_, graph.locals, locals, [&](const Expr& e) {
      if (e.op == Op::kSelf) return build_.var(0, call_type());
      return build_.read(states.remembers.at(e.ref), {build_.var(0, call_type())});
    });
    const ExprId body = copier.copy(fact);
    const ExprId claim = build_.implies(place(states, 0, node), body);
    const Enum& places = m_.enums[m_.states[states.at].type.decl];
    const std::string name = action.name + "." + places.members[states.places.at(node)].name +
                             ".fact" + std::to_string(candidates_.size());
    candidate(name, std::move(locals), build_.forall({{0, call_type(), kNoId, kNoId}}, claim),
              graph.nodes[node].span,
              places_before_ + static_cast<std::uint32_t>(states.places.at(node)));
  }

  // A call stands at a place of its own action only.
  void in_one_action(const CallStates& states, const Action& action) {
    const ExprId c = build_.var(0, call_type());
    const Type places = m_.states[states.at].type;
    const ExprId elsewhere = build_.eq(build_.read(states.at, {c}), build_.constant(places, 0));
    const ExprId own = build_.eq(build_.read(action_of_, {build_.var(0, call_type())}),
                                 build_.constant(m_.states[action_of_].type, states.number));
    candidate(action.name + ".own", {{"c", call_type()}},
              build_.forall({{0, call_type(), kNoId, kNoId}}, build_.either(elsewhere, own)),
              action.span);
  }

  // Who has a lock to itself is alone with it.
  void excludes(LockId id) {
    const LockStates& l = locks_[id];
    const Lock& lock = in_.locks[id];
    std::vector<Local> locals;
    std::vector<Binder> binders;
    for (const Type& type : lock.keys) {
      binders.push_back({static_cast<VarId>(locals.size()), type, kNoId, kNoId});
      locals.push_back({"k", type});
    }
    const auto keys = [&] {
      std::vector<ExprId> result;
      for (const Binder& b : binders)
        result.push_back(build_.var(b.var, b.type));
      return result;
    };
    if (l.reader == kNoId) return;
    const auto c = static_cast<VarId>(locals.size());
    locals.push_back({"c", call_type()});
    std::vector<ExprId> reader_keys = keys();
    reader_keys.insert(reader_keys.begin(), build_.var(c, call_type()));
    std::vector<Binder> all = binders;
    all.push_back({c, call_type(), kNoId, kNoId});
    const ExprId claim =
        build_.implies(build_.read(l.reader, reader_keys),
                       build_.negate(build_.is_some(build_.read(l.writer, keys()))));
    candidate(lock.name + ".excludes", locals, build_.forall(all, claim), lock.span);
  }

  const Module& in_;
  Stepwise out_;
  Module& m_;
  ExprBuilder build_;
  std::vector<bool> fixed_;
  std::vector<bool> steps_;             // by ActionId of `in_`
  std::vector<std::uint64_t> numbers_;  // members of Call.action, by ActionId of `in_`
  std::vector<LockStates> locks_;
  std::vector<Property> candidates_;
  std::vector<std::uint32_t> places_of_candidates_;
  std::uint32_t places_before_ = 0;  // of the actions that are done
  std::vector<ProcId> proc_now_;
  std::vector<ActionId> action_now_;
  std::vector<ClauseId> clause_now_;
  StateId action_of_ = kNoId;
};

}  // namespace
}  // namespace stepwise

Stepwise to_stepwise(const Module& module) {
  return stepwise::Deriver(module).run();
}

std::optional<Stepwise> checked_stepwise(const Module& module, base::DiagSink& sink) {
  Stepwise stepwise = to_stepwise(module);
  for (const std::string& problem : stepwise.problems)
    sink.report(diag::no_stepwise, {}, module.name, problem);
  if (!stepwise.problems.empty() || !verify(stepwise.module, sink)) return std::nullopt;
  return stepwise;
}

}  // namespace gms::ir
