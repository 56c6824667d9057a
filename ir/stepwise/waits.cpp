#include "ir/stepwise/waits.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "ir/find_expr.h"
#include "ir/walk.h"

namespace gms::ir::stepwise {
namespace {

/// What a condition is if no call has anything; nothing: that depends on more.
class WithoutOthers {
 public:
  WithoutOthers(const Module& module, const std::vector<bool>& own) : m_(module), own_(own) {}

  std::optional<bool> value(ExprId id) const {
    const Expr& e = m_.exprs[id];
    const auto arg = [&](std::size_t i) { return value(e.args[i]); };
    switch (e.op) {
      case Op::kConst: return e.value != 0;
      case Op::kState:
        if (e.ref < own_.size() && own_[e.ref] && !m_.states[e.ref].type.optional) return false;
        return std::nullopt;
      case Op::kNot: return negated(arg(0));
      case Op::kAnd: return both(arg(0), arg(1));
      case Op::kOr: return negated(both(negated(arg(0)), negated(arg(1))));
      case Op::kImplies: return negated(both(arg(0), negated(arg(1))));
      case Op::kExists:
        if (arg(0) == std::optional<bool>(false)) return false;
        return std::nullopt;
      case Op::kForall:
        if (arg(0) == std::optional<bool>(true)) return true;
        return std::nullopt;
      case Op::kCall: return value(m_.fns[e.ref].expr);
      default: return std::nullopt;
    }
  }

 private:
  static std::optional<bool> negated(std::optional<bool> a) {
    return a ? std::optional<bool>(!*a) : std::nullopt;
  }
  static std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
    if (a == std::optional<bool>(false) || b == std::optional<bool>(false)) return false;
    return a && b ? std::optional<bool>(true) : std::nullopt;
  }

  const Module& m_;
  const std::vector<bool>& own_;
};

const Require* require_of(const Node& node) {
  return node.kind == Node::Kind::kStmt ? std::get_if<Require>(&node.stmt) : nullptr;
}

}  // namespace

std::set<WaitGraph::Thing> WaitGraph::waited_for(const Node& node, const Graph& graph) const {
  std::set<Thing> things;
  const auto mentioned = [&](ExprId cond) {
    has_node(m_, cond, true, [&](const Expr& e) {
      if (e.op == Op::kState && e.ref < own_.size() && own_[e.ref])
        things.insert(m_.states[e.ref].name);
      return false;
    });
  };
  if (node.kind == Node::Kind::kAcquire) things.insert(m_.locks[node.lock.lock].name);
  if (const Require* const require = require_of(node)) mentioned(require->cond);
  // A call that starts again until something is over waits for it.
  if (node.kind == Node::Kind::kBranch && graph.nodes[node.next].kind == Node::Kind::kRestart)
    mentioned(node.cond);
  return things;
}

bool WaitGraph::ends_without_others(ExprId cond) const {
  return WithoutOthers(m_, own_).value(cond) == std::optional<bool>(true);
}

void WaitGraph::add(const Action& action, const Graph& graph, const Places& places,
                    const std::map<StateId, std::set<NodeId>>& owned,
                    const std::map<NodeId, std::string>& names) {
  std::map<NodeId, std::set<Thing>> has;  // by place
  for (const auto& [state, nodes] : owned)
    for (const NodeId node : nodes)
      has[node].insert(m_.states[state].name);
  for (NodeId place = 0; place < graph.nodes.size(); ++place) {
    if (!places.cut[place] && place != graph.entry) continue;
    const std::string where = action.name + "." + (places.cut[place] ? names.at(place) : "begin");
    for (const Held& lock : graph.nodes[place].held)
      has[place].insert(m_.locks[lock.lock].name);
    // All that happens with the step from here waits here.
    std::vector<bool> seen(graph.nodes.size(), false);
    std::vector<NodeId> work{place};
    while (!work.empty()) {
      const NodeId id = work.back();
      work.pop_back();
      if (seen[id] || (places.cut[id] && id != place)) continue;
      seen[id] = true;
      const Node& node = graph.nodes[id];
      for (const Thing& wanted : waited_for(node, graph)) {
        things_.insert(wanted);
        for (const Thing& had : has[place])
          edges_[had].emplace(wanted, where);
      }
      const Require* const require = require_of(node);
      if (require != nullptr && !has[place].empty() && !ends_without_others(require->cond))
        endless_.push_back(where + " waits for more than what other calls have, and has " +
                           *has[place].begin());
      if (node.kind == Node::Kind::kRestart) continue;
      for (const NodeId next : successors(graph, id))
        work.push_back(next);
    }
  }
}

Waits WaitGraph::verdict() const {
  Waits out;
  out.problems = endless_;
  enum class Mark : std::uint8_t { kNew, kOpen, kDone };
  std::map<Thing, Mark> marks;
  std::vector<Thing> path, done;
  std::vector<std::string> circle;
  const std::function<void(const Thing&)> visit = [&](const Thing& thing) {
    marks[thing] = Mark::kOpen;
    path.push_back(thing);
    static const std::map<Thing, std::string> kNothing;
    const auto from = edges_.find(thing);
    for (const auto& [wanted, where] : from == edges_.end() ? kNothing : from->second) {
      if (!circle.empty()) break;
      const Mark mark = marks[wanted];
      if (mark == Mark::kNew) visit(wanted);
      if (mark != Mark::kOpen) continue;
      for (auto at = std::find(path.begin(), path.end(), wanted); at != path.end(); ++at) {
        const Thing& next = at + 1 == path.end() ? wanted : *(at + 1);
        circle.push_back(edges_.at(*at).at(next) + " has " + *at + " and waits for " + next);
      }
    }
    path.pop_back();
    marks[thing] = Mark::kDone;
    done.push_back(thing);
  };
  for (const Thing& thing : things_)
    if (marks[thing] == Mark::kNew && circle.empty()) visit(thing);
  out.problems.insert(out.problems.end(), circle.begin(), circle.end());
  if (out.problems.empty()) out.order.assign(done.rbegin(), done.rend());
  return out;
}

}  // namespace gms::ir::stepwise
