#include "ir/stepwise/owned.h"

#include <algorithm>
#include <optional>
#include <utility>

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

/// Where something was stored, as the text says: keys behind the call, each a local or a constant.
using Point = std::vector<std::pair<bool, std::uint64_t>>;  // is a local; which, or the bits

/// Nothing if the text does not name one point in that way.
std::optional<Point> point_of(const Module& m, const Update& update, const Update::One& one) {
  Point point;
  if (!update.binders.empty() || update.where != kNoId) return std::nullopt;
  for (std::size_t i = 1; i < one.keys.size(); ++i) {
    const Expr& key = m.exprs[one.keys[i]];
    if (key.op != Op::kVar && key.op != Op::kConst) return std::nullopt;
    point.emplace_back(key.op == Op::kVar, key.op == Op::kVar ? key.ref : key.value);
  }
  return point;
}

/// Of a state function: the points that may have a value that is not initial.
struct Stored {
  std::set<Point> points;
  bool elsewhere = false;  // and others that have no name

  bool none() const { return points.empty() && !elsewhere; }
  bool merge(const Stored& other) {
    const std::size_t before = points.size() + (elsewhere ? 1 : 0);
    points.insert(other.points.begin(), other.points.end());
    elsewhere = elsewhere || other.elsewhere;
    return points.size() + (elsewhere ? 1 : 0) != before;
  }
};
using AllStored = std::map<StateId, Stored>;

void store(const Module& m, const Update& update, const Update::One& one, AllStored& to) {
  const std::optional<Point> point = point_of(m, update, one);
  if (resets_all(m, update, one)) {
    to.erase(one.state);
  } else if (!is_initial(m, one.state, one.value)) {
    if (point)
      to[one.state].points.insert(*point);
    else
      to[one.state].elsewhere = true;
  } else if (const auto it = to.find(one.state); point && it != to.end()) {
    it->second.points.erase(*point);
    if (it->second.none()) to.erase(it);
  }
}

/// A local gets a new value: what was stored where it led to has no name any more.
void rename(VarId var, AllStored& in) {
  for (auto& [state, stored] : in) {
    const std::size_t gone = std::erase_if(stored.points, [&](const Point& point) {
      return std::find(point.begin(), point.end(), std::pair<bool, std::uint64_t>(true, var)) !=
             point.end();
    });
    stored.elsewhere = stored.elsewhere || gone > 0;
  }
}

void carry_out(const Module& m, const Node& n, const std::vector<bool>& own, AllStored& on) {
  if (n.kind != Node::Kind::kStmt) return;
  if (const auto* assign = std::get_if<Assign>(&n.stmt)) rename(assign->var, on);
  if (const auto* choose = std::get_if<Choose>(&n.stmt)) rename(choose->var, on);
  if (const auto* create = std::get_if<Create>(&n.stmt)) rename(create->var, on);
  if (const auto* update = std::get_if<Update>(&n.stmt))
    for (const Update::One& one : update->assigns)
      if (one.state < own.size() && own[one.state]) store(m, *update, one, on);
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
  std::vector<AllStored> before(graph.nodes.size());
  std::vector<bool> reached(graph.nodes.size(), false);
  std::vector<NodeId> work{graph.entry};
  reached[graph.entry] = true;
  while (!work.empty()) {
    const NodeId id = work.back();
    work.pop_back();
    AllStored after = before[id];
    carry_out(module, graph.nodes[id], own, after);
    for (const NodeId next : successors(graph, id)) {
      bool more = !reached[next];
      for (const auto& [state, stored] : after)
        more = before[next][state].merge(stored) || more;
      if (more) work.push_back(next);
      reached[next] = true;
    }
  }
  std::map<StateId, std::set<NodeId>> owned;
  for (NodeId id = 0; id < graph.nodes.size(); ++id) {
    if (!places.cut[id]) continue;
    for (const auto& [state, stored] : before[id])
      if (!stored.none()) owned[state].insert(id);
  }
  return owned;
}

}  // namespace gms::ir::stepwise
