#include "ir/stepwise/effect.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ir/build.h"
#include "ir/calls.h"
#include "ir/find_expr.h"
#include "ir/stepwise/copier.h"
#include "ir/stepwise/places.h"
#include "ir/walk.h"

namespace gms::ir::stepwise {
namespace {

const Update* update_of(const Node& node) {
  return node.kind == Node::Kind::kStmt ? std::get_if<Update>(&node.stmt) : nullptr;
}

bool writes(const Update& update, StateId state) {
  return std::any_of(update.assigns.begin(), update.assigns.end(),
                     [state](const Update::One& one) { return one.state == state; });
}

/// In the block, or in a procedure that it calls.
bool writes(const Module& m, const Block& block, StateId state) {
  bool found = false;
  for_each_stmt(m, block, [&](StmtId, const Stmt& s) {
    if (const auto* update = std::get_if<Update>(&s.node)) found = found || writes(*update, state);
    if (const auto* call = std::get_if<Call>(&s.node))
      found = found || writes(m, m.procs[call->proc].body, state);
  });
  return found;
}

bool is_success(const std::vector<Clause>& clauses, ClauseId clause) {
  return clauses[clause].result == 0;
}

/// The tests on the way from the first lock, if there is one, to the marked operation.
class TestFinder {
 public:
  TestFinder(Module& module, const std::vector<Clause>& clauses, Graph& graph, NodeId mark)
      : m_(module), clauses_(clauses), build_(module), g_(graph), mark_(mark) {
    for (const Node& n : g_.nodes) {
      if (n.kind != Node::Kind::kStmt) continue;
      if (const auto* choose = std::get_if<Choose>(&n.stmt)) chosen_.insert(choose->var);
    }
    for (const ScanLoop& loop : g_.scans)
      scans_[loop.head] = &loop;
  }

  std::vector<Test> run() {
    NodeId from = 0;
    while (from < g_.nodes.size() && !(g_.nodes[from].kind == Node::Kind::kAcquire && leads(from)))
      ++from;
    if (from == g_.nodes.size()) from = g_.entry;
    walk(from, kNoId, {});
    return std::move(tests_);
  }

 private:
  using Defined = std::map<VarId, ExprId>;

  /// From there on, without going through `around` and without starting again, until `found` says
  /// so.
  template <class Found>
  bool search(NodeId from, NodeId around, const Found& found) const {
    std::vector<bool> seen(g_.nodes.size(), false);
    std::vector<NodeId> work{from};
    while (!work.empty()) {
      const NodeId id = work.back();
      work.pop_back();
      if (id == kNoId || id == around || seen[id]) continue;
      if (found(id)) return true;
      seen[id] = true;
      if (g_.nodes[id].kind == Node::Kind::kRestart) continue;
      for (const NodeId next : successors(g_, id))
        work.push_back(next);
    }
    return false;
  }

  /// The marked operation comes after this one.
  bool leads(NodeId from, NodeId around = kNoId) const {
    return search(from, around, [this](NodeId id) { return id == mark_; });
  }

  /// `under`: what holds on this way, of those that lead to the mark.
  void walk(NodeId id, NodeId stop, const std::vector<ExprId>& under) {
    while (id != kNoId && id != stop && id != mark_) {
      const Node& n = g_.nodes[id];
      if (n.kind == Node::Kind::kLeave || n.kind == Node::Kind::kRestart) return;
      if (n.kind == Node::Kind::kStmt) define(n);
      if (n.kind != Node::Kind::kBranch) {
        id = n.next;
        continue;
      }
      if (const auto scan = scans_.find(id); scan != scans_.end()) {
        passed(*scan->second, n.name, under);
        id = n.other;
      } else if (n.loop_head) {
        id = leads(n.next, id) ? n.next : n.other;
      } else if (const bool yes = leads(n.next), no = leads(n.other); yes && no) {
        if (n.join == kNoId) return;
        std::vector<ExprId> one = under, two = under;
        one.push_back(now(n.cond));
        two.push_back(build_.negate(now(n.cond)));
        const NodeId join = n.join, then = n.next, otherwise = n.other;
        const Defined before = defined_;
        walk(then, join, one);
        defined_ = before;
        walk(otherwise, join, two);
        defined_ = before;
        id = join;
      } else {
        if (!yes && !no) return;
        test(n.name, yes ? now(n.cond) : build_.negate(now(n.cond)), n.cond, under,
             may_succeed(yes ? n.other : n.next));
        id = yes ? n.next : n.other;
      }
    }
  }

  /// A call may end well from there, without the marked operation.
  bool may_succeed(NodeId from) const {
    bool found = false;
    search(from, mark_, [&](NodeId id) {
      const Node& n = g_.nodes[id];
      found = found || (n.kind == Node::Kind::kLeave && is_success(clauses_, n.clause));
      return found;
    });
    return found;
  }

  /// A local that was read from the state is what the state has at the mark.
  void define(const Node& n) {
    const auto* assign = std::get_if<Assign>(&n.stmt);
    if (assign == nullptr) return;
    const bool of_state =
        has_node(m_, assign->value, true, [](const Expr& e) { return e.op == Op::kState; });
    if (of_state) {
      defined_[assign->var] = now(assign->value);
    } else {
      defined_.erase(assign->var);
    }
  }

  ExprId now(ExprId id) {
    Copier copier(m_, g_.locals, g_.locals, [this](const Expr& e) {
      const auto known = e.op == Op::kVar ? defined_.find(e.ref) : defined_.end();
      return known == defined_.end() ? kNoId : build_.copy(known->second);
    });
    return copier.copy(id);
  }

  void passed(const ScanLoop& loop, const std::string& name, const std::vector<ExprId>& under) {
    for (const ExprId exit : loop.exits) {
      if (by_choice(exit)) continue;
      const Type type = g_.locals[loop.cursor].type;
      const VarId at = add_local(g_.locals, g_.locals[loop.cursor].name, type);
      const ExprId not_left = build_.negate(build_.copy(now(exit), {{loop.cursor, at}}));
      const ExprId start = now(loop.start), end = now(loop.end);
      add({name, build_.forall({{at, type, start, end}}, not_left), false}, under);
    }
  }

  /// The atomic reading may choose differently at that moment.
  bool by_choice(ExprId cond) const {
    const std::set<VarId> read = variables_of(m_, cond);
    return std::any_of(read.begin(), read.end(), [this](VarId v) { return chosen_.count(v) != 0; });
  }

  void test(const std::string& name, ExprId holds, ExprId cond, const std::vector<ExprId>& under,
            bool succeeds) {
    // What the call alone knows does not change.
    const bool of_state =
        has_node(m_, holds, true, [](const Expr& e) { return e.op == Op::kState; });
    if (of_state && !by_choice(cond)) add({name, holds, succeeds}, under);
  }

  void add(Test test, const std::vector<ExprId>& under) {
    for (auto it = under.rbegin(); it != under.rend(); ++it)
      test.holds = build_.implies(build_.copy(*it), test.holds);
    tests_.push_back(std::move(test));
  }

  Module& m_;
  const std::vector<Clause>& clauses_;
  ExprBuilder build_;
  Graph& g_;
  const NodeId mark_;
  std::set<VarId> chosen_;
  std::map<NodeId, const ScanLoop*> scans_;
  Defined defined_;
  std::vector<Test> tests_;
};

/// What the marked steps write.
std::vector<Update> effect_updates(const Graph& graph, const Effect& effect) {
  std::set<std::uint32_t> sections;
  for (const Node& n : graph.nodes)
    if (const Update* update = update_of(n); update != nullptr && writes(*update, effect.took))
      sections.insert(n.section);
  std::vector<Update> result;
  for (const Node& n : graph.nodes) {
    const Update* update = update_of(n);
    if (update != nullptr && sections.count(n.section) != 0 && !writes(*update, effect.took))
      result.push_back(*update);
  }
  return result;
}

/// The functions hold already what the update would store.
ExprId stored_already(Module& m, Graph& graph, const Update& update) {
  ExprBuilder build(m);
  ExprId all = build.boolean(true);
  for (const Update::One& one : update.assigns) {
    Copier copier(m, graph.locals, graph.locals, [](const Expr&) { return kNoId; });
    std::vector<Binder> binders;
    for (const Binder& b : update.binders)
      binders.push_back(copier.bind(b));
    std::vector<ExprId> keys;
    for (const ExprId key : one.keys)
      keys.push_back(copier.copy(key));
    ExprId same = build.eq(build.read(one.state, std::move(keys)), copier.copy(one.value));
    if (update.where != kNoId) same = build.implies(copier.copy(update.where), same);
    if (!binders.empty()) same = build.forall(std::move(binders), same);
    all = build.both(all, same);
  }
  return all;
}

/// No point of the function changes, but for objects that come or go.
ExprId unchanged(Module& m, StateId state, std::vector<Local>& locals) {
  ExprBuilder build(m);
  std::vector<Binder> binders;
  ExprId there = build.boolean(true);
  std::vector<VarId> keys;
  for (const Type& type : std::vector<Type>(m.states[state].keys)) {
    const VarId var = add_local(locals, "k", type);
    keys.push_back(var);
    binders.push_back({var, type, kNoId, kNoId});
    if (type.kind == TypeKind::kHandle)
      there = build.both(there, build.both(build.live(build.var(locals, var)),
                                           build.live(build.var(locals, var), true)));
  }
  const auto at = [&] {
    std::vector<ExprId> result;
    for (const VarId var : keys)
      result.push_back(build.var(locals, var));
    return result;
  };
  const ExprId same = build.eq(build.read(state, at(), true), build.read(state, at()));
  const ExprId body = build.implies(there, same);
  return binders.empty() ? body : build.forall(std::move(binders), body);
}

}  // namespace

std::vector<Effect> mark_effects(Module& module, std::vector<std::string>& problems) {
  for (const Callable& proc : module.procs)
    for_each_stmt(module, proc.body, [&](StmtId, const Stmt& s) {
      const auto* step = std::get_if<Step>(&s.node);
      if (step != nullptr && step->linearize)
        problems.push_back(proc.name + ": a step of a procedure is marked 'linearize'");
    });
  std::vector<Effect> effects;
  for (ActionId id = 0; id < module.actions.size(); ++id) {
    std::vector<StmtId> marked;
    std::set<StateId> view;
    for_each_stmt(module, module.actions[id].body, [&](StmtId at, const Stmt& s) {
      const auto* step = std::get_if<Step>(&s.node);
      if (step == nullptr || !step->linearize) return;
      marked.push_back(at);
      for_each_stmt(module, step->body, [&](StmtId, const Stmt& inner) {
        if (const auto* update = std::get_if<Update>(&inner.node))
          for (const Update::One& one : update->assigns)
            view.insert(one.state);
      });
    });
    if (marked.empty()) continue;
    if (call_domain(module) == kNoId) module.domains.push_back({"Call", "A call in flight.", {}});
    const Type call = handle_type(call_domain(module));
    State took;
    took.name = module.actions[id].name + ".took_effect";
    took.keys = {call};
    took.type = bool_type();
    module.states.push_back(std::move(took));
    const auto state = static_cast<StateId>(module.states.size() - 1);
    ExprBuilder build(module);
    for (const StmtId at : marked) {
      Update set;
      set.assigns.push_back({state, {build.node(Op::kSelf, call)}, build.boolean(true)});
      const StmtId stmt = add_stmt(module, std::move(set), module.stmts[at].span);
      std::get<Step>(module.stmts[at].node).body.push_back(stmt);
    }
    effects.push_back({id, state, {view.begin(), view.end()}});
  }
  return effects;
}

EffectClaims claims_of(Module& module, const std::vector<Clause>& clauses, Graph& graph,
                       const Effect& effect) {
  EffectClaims claims;
  ExprBuilder build(module);
  claims.nothing_to_do = build.boolean(true);
  for (NodeId id = 0; id < graph.nodes.size(); ++id) {
    const Update* update = update_of(graph.nodes[id]);
    if (update == nullptr) continue;
    if (writes(*update, effect.took)) {
      std::vector<Test> tests = TestFinder(module, clauses, graph, id).run();
      for (const Test& test : tests) {
        const std::set<VarId> read = variables_of(module, test.holds);
        graph.nodes[id].asked.insert(read.begin(), read.end());
      }
      claims.tests.insert(claims.tests.end(), tests.begin(), tests.end());
    }
  }
  for (const Update& update : effect_updates(graph, effect))
    claims.nothing_to_do = build.both(claims.nothing_to_do, stored_already(module, graph, update));
  const std::set<VarId> asked_at_end = variables_of(module, claims.nothing_to_do);
  for (Node& n : graph.nodes)
    if (n.kind == Node::Kind::kLeave && is_success(clauses, n.clause))
      n.asked.insert(asked_at_end.begin(), asked_at_end.end());
  return claims;
}

std::vector<StepClaim> claims_of_step(Module& module, ActionId step, VarId call,
                                      const Effect& effect, const Graph& graph,
                                      const EffectClaims& claims, std::vector<Local>& locals) {
  const Block body = module.actions[step].body;
  const auto writes_it = [&](StateId state) { return writes(module, body, state); };
  const bool marked = writes_it(effect.took);
  const bool writes_view = std::any_of(effect.view.begin(), effect.view.end(), writes_it);
  bool succeeds = false, fails = false, over = false;
  for_each_stmt(module, body, [&](StmtId, const Stmt& s) {
    if (const auto* exit = std::get_if<Guard>(&s.node)) {
      fails = fails || !is_success(module.clauses, exit->clause);
      succeeds = succeeds || (over && is_success(module.clauses, exit->clause));
    }
    over = std::holds_alternative<Destroy>(s.node);  // an exit of the call, not to a next step
  });
  ExprBuilder build(module);
  const auto took = [&](bool primed = false) {
    return build.read(effect.took, {build.var(locals, call)}, primed);
  };
  const auto ok = [&] {
    return build.eq(build.result(), build.constant(enum_type(module, kErrnoEnum), 0));
  };
  const auto ends = [&] { return build.negate(build.live(build.var(locals, call), true)); };
  // The step may be one that goes another way; where the call ends with it nobody can tell.
  const auto takes_effect = [&] { return build.both(ok(), build.either(took(true), ends())); };
  const auto quiet = [&] {
    ExprId all = kNoId;
    for (const StateId state : effect.view) {
      const ExprId same = unchanged(module, state, locals);
      all = all == kNoId ? same : build.both(all, same);
    }
    return all;
  };
  const auto copied = [&](ExprId id) {
    Copier copier(module, graph.locals, locals, [&](const Expr& e) {
      return e.op == Op::kSelf ? build.var(locals, call) : kNoId;
    });
    return copier.copy(id);
  };

  std::vector<StepClaim> result;
  ExprId once = kNoId;
  const auto also = [&](ExprId e) { once = once == kNoId ? e : build.both(once, e); };
  if (marked) {
    also(build.negate(took()));
    also(build.either(takes_effect(), quiet()));
  } else {
    if (fails) also(build.either(ok(), build.negate(took())));
    if (writes_view) also(quiet());
  }
  if (once != kNoId) result.push_back({"takes_effect_once", once});
  if (marked) {
    for (const Test& test : claims.tests) {
      ExprId holds = copied(test.holds);
      if (test.succeeds) holds = build.either(holds, copied(claims.nothing_to_do));
      result.push_back({"still_" + test.name, build.implies(takes_effect(), holds)});
    }
  } else if (succeeds) {
    const ExprId without = build.both(build.both(ok(), ends()), build.negate(took()));
    result.push_back({"nothing_left_to_do", build.implies(without, copied(claims.nothing_to_do))});
  }
  return result;
}

std::vector<StepClaim> claims_of_others(Module& module, ActionId step, const Effect& effect,
                                        std::vector<Local>& locals) {
  std::vector<StepClaim> result;
  for (const StateId state : effect.view) {
    if (!writes(module, module.actions[step].body, state)) continue;
    result.push_back({"keeps_" + module.states[state].name, unchanged(module, state, locals)});
  }
  return result;
}

}  // namespace gms::ir::stepwise
