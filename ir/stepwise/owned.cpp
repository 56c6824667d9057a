#include "ir/stepwise/owned.h"

#include "ir/calls.h"
#include "ir/walk.h"

namespace gms::ir::stepwise {
namespace {

bool is_initial(const Module& m, StateId state, ExprId value) {
  if (value == kNoId) return false;
  const State& s = m.states[state];
  const Expr& e = m.exprs[value];
  if (s.initial_none) return e.op == Op::kNone;
  return e.op == Op::kConst && e.value == s.initial;
}

/// Everything that belongs to the call has the initial value afterwards.
bool resets_all(const Module& m, const Update& update, const Update::One& one) {
  if (update.where != kNoId || !is_initial(m, one.state, one.value)) return false;
  std::set<VarId> all;
  for (const Binder& b : update.binders)
    if (b.lo == kNoId && b.hi == kNoId) all.insert(b.var);
  for (std::size_t i = 1; i < one.keys.size(); ++i) {
    const Expr& key = m.exprs[one.keys[i]];
    if (key.op != Op::kVar || all.erase(key.ref) == 0) return false;
  }
  return true;
}

}  // namespace

std::vector<bool> own_states(const Module& module) {
  const DomainId calls = call_domain(module);
  std::vector<bool> own(module.states.size(), false);
  for (StateId id = 0; id < module.states.size(); ++id) {
    const std::vector<Type>& keys = module.states[id].keys;
    own[id] = !keys.empty() && keys[0].kind == TypeKind::kHandle && keys[0].decl == calls;
  }
  const auto look = [&](const Block& body) {
    for_each_stmt(module, body, [&](StmtId, const Stmt& stmt) {
      const auto* update = std::get_if<Update>(&stmt.node);
      if (update == nullptr) return;
      for (const Update::One& one : update->assigns)
        if (own[one.state] && module.exprs[one.keys[0]].op != Op::kSelf) own[one.state] = false;
    });
  };
  for (const Action& action : module.actions)
    look(action.body);
  for (const Callable& proc : module.procs)
    look(proc.body);
  return own;
}

std::map<StateId, std::set<NodeId>> find_owned(const Module& module, const Graph& graph,
                                               const Places& places, const std::vector<bool>& own) {
  std::vector<std::set<StateId>> before(graph.nodes.size());
  std::vector<bool> reached(graph.nodes.size(), false);
  std::vector<NodeId> work{graph.entry};
  reached[graph.entry] = true;
  while (!work.empty()) {
    const NodeId id = work.back();
    work.pop_back();
    const Node& n = graph.nodes[id];
    std::set<StateId> after = before[id];
    if (const auto* update = std::get_if<Update>(&n.stmt);
        n.kind == Node::Kind::kStmt && update != nullptr) {
      for (const Update::One& one : update->assigns) {
        if (one.state >= own.size() || !own[one.state]) continue;
        if (resets_all(module, *update, one))
          after.erase(one.state);
        else if (!is_initial(module, one.state, one.value))
          after.insert(one.state);
      }
    }
    for (const NodeId next : successors(graph, id)) {
      const std::size_t was = before[next].size();
      before[next].insert(after.begin(), after.end());
      if (!reached[next] || before[next].size() != was) work.push_back(next);
      reached[next] = true;
    }
  }
  std::map<StateId, std::set<NodeId>> owned;
  for (NodeId id = 0; id < graph.nodes.size(); ++id) {
    if (!places.cut[id]) continue;
    for (const StateId state : before[id])
      owned[state].insert(id);
  }
  return owned;
}

}  // namespace gms::ir::stepwise
