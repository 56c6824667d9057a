#include "ir/stepwise/places.h"

#include "ir/walk.h"

namespace gms::ir::stepwise {
namespace {

void collect(const Module& m, ExprId id, std::set<VarId>& vars, std::set<VarId>& binders) {
  if (id == kNoId) return;
  const Expr& e = m.exprs[id];
  if (e.op == Op::kVar) vars.insert(e.ref);
  if (e.binders != kNoId) {
    for (const Binder& b : m.binder_lists[e.binders])
      binders.insert(b.var);
  }
  for_each_operand(m, e, [&](ExprId arg) { collect(m, arg, vars, binders); });
}

std::set<VarId> without(std::set<VarId> vars, const std::set<VarId>& binders) {
  for (const VarId b : binders)
    vars.erase(b);
  return vars;
}

std::set<VarId> reads(const Module& m, const Action& action, const Node& n) {
  std::set<VarId> vars, binders;
  collect(m, n.cond, vars, binders);
  const auto keys = [&](const Held& held) {
    for (const ExprId key : held.keys)
      collect(m, key, vars, binders);
  };
  keys(n.lock);
  for (const Held& held : n.held)
    keys(held);
  if (n.kind == Node::Kind::kLeave) vars.insert(action.outputs.begin(), action.outputs.end());
  if (n.kind == Node::Kind::kStmt) {
    const Stmt s{n.stmt, {}};
    for_each_expr(s, [&](ExprId id) { collect(m, id, vars, binders); });
    if (const auto* update = std::get_if<Update>(&n.stmt)) {
      for (const Binder& b : update->binders)
        binders.insert(b.var);
    }
    // The condition of a choice speaks of the value that is chosen.
    if (const auto* choose = std::get_if<Choose>(&n.stmt)) binders.insert(choose->var);
  }
  vars.insert(n.asked.begin(), n.asked.end());
  return without(std::move(vars), binders);
}

VarId writes(const Node& n) {
  if (n.kind != Node::Kind::kStmt) return kNoId;
  if (const auto* s = std::get_if<Assign>(&n.stmt)) return s->var;
  if (const auto* s = std::get_if<Choose>(&n.stmt)) return s->var;
  if (const auto* s = std::get_if<Create>(&n.stmt)) return s->var;
  return kNoId;
}

constexpr std::uint32_t kSeveral = 0xffffffff;  // of sections that are under way
/// A lock has been given back: that can be thought of as earlier, but what follows not.
constexpr std::uint32_t kReleased = 0xfffffffe;

// One round: which section may be under way before each node, given the cuts so far. True if
// another cut is needed.
bool needs_cut(const Graph& g, std::vector<bool>& cut) {
  std::vector<std::uint32_t> before(g.nodes.size(), 0);
  std::vector<bool> seen(g.nodes.size(), false);
  std::vector<NodeId> work{g.entry};
  seen[g.entry] = true;
  while (!work.empty()) {
    const NodeId id = work.back();
    work.pop_back();
    const Node& n = g.nodes[id];
    std::uint32_t now = cut[id] ? 0 : before[id];
    if (n.section != 0) {
      if (now != 0 && now != n.section) {
        cut[id] = true;
        return true;
      }
      now = n.section;
    }
    if (n.kind == Node::Kind::kRelease && n.section == 0) now = kReleased;
    for (const NodeId next : successors(g, id)) {
      const std::uint32_t old = before[next];
      const std::uint32_t merged = !seen[next] || old == now ? now
                                   : old == 0                ? now
                                   : now == 0                ? old
                                                             : kSeveral;
      if (seen[next] && merged == old) continue;
      seen[next] = true;
      before[next] = merged;
      work.push_back(next);
    }
  }
  return false;
}

}  // namespace

std::set<VarId> variables_of(const Module& module, ExprId id) {
  std::set<VarId> vars, binders;
  collect(module, id, vars, binders);
  return without(std::move(vars), binders);
}

Places find_places(const Module& module, const Action& action, const Graph& graph,
                   const std::set<VarId>& kept) {
  const std::size_t count = graph.nodes.size();
  Places places;
  places.cut.assign(count, false);
  for (NodeId id = 0; id < count; ++id)
    places.cut[id] = graph.nodes[id].loop_head;
  while (needs_cut(graph, places.cut)) {
  }

  std::vector<std::set<VarId>> live(count), assigned(count);
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeId id = static_cast<NodeId>(count); id-- > 0;) {
      std::set<VarId> now = kept;
      for (const NodeId next : successors(graph, id))
        now.insert(live[next].begin(), live[next].end());
      const VarId written = writes(graph.nodes[id]);
      if (written != kNoId && kept.count(written) == 0) now.erase(written);
      now.merge(reads(module, action, graph.nodes[id]));
      if (now == live[id]) continue;
      live[id] = std::move(now);
      changed = true;
    }
  }
  assigned[graph.entry].insert(action.params.begin(), action.params.end());
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeId id = 0; id < count; ++id) {
      std::set<VarId> after = assigned[id];
      const VarId written = writes(graph.nodes[id]);
      if (written != kNoId) after.insert(written);
      for (const NodeId next : successors(graph, id)) {
        const std::size_t before = assigned[next].size();
        assigned[next].insert(after.begin(), after.end());
        changed = changed || assigned[next].size() != before;
      }
    }
  }
  places.saved.resize(count);
  for (NodeId id = 0; id < count; ++id) {
    for (const VarId var : live[id])
      if (assigned[id].count(var) != 0) places.saved[id].insert(var);
  }
  return places;
}

}  // namespace gms::ir::stepwise
