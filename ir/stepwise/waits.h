// What calls wait for while they have something that others wait for. If that has an order, no
// calls can wait for each other for good, however many there are.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ir/stepwise/flow_graph.h"
#include "ir/stepwise/places.h"

namespace gms::ir {

/// The verdict. Locks and functions of calls by their names.
struct Waits {
  /// Who has one of these waits for later ones only.
  std::vector<std::string> order;
  /// Sentences, if there is no order: who has what and waits for what, round in a circle; or a wait
  /// that does not end with what other calls have.
  std::vector<std::string> problems;
};

namespace stepwise {

/// Collects what the actions of a module wait for.
class WaitGraph {
 public:
  /// `own`, by StateId: only the call itself writes what belongs to it (ir/stepwise/owned.h), so
  /// that others can wait until no call has it.
  WaitGraph(const Module& module, const std::vector<bool>& own) : m_(module), own_(own) {}

  /// `owned` is what find_owned() says, `names` are by place. A lock that is asked for again by who
  /// has it is a circle, shared or not: somebody may stand in between who wants it to himself.
  void add(const Action& action, const Graph& graph, const Places& places,
           const std::map<StateId, std::set<NodeId>>& owned,
           const std::map<NodeId, std::string>& names);

  Waits verdict() const;

 private:
  /// What a call can have: a lock or a function of calls, by its name.
  using Thing = std::string;

  std::set<Thing> waited_for(const Node& node, const Graph& graph) const;
  bool ends_without_others(ExprId cond) const;

  const Module& m_;
  const std::vector<bool>& own_;
  std::map<Thing, std::map<Thing, std::string>> edges_;  // has, waits for: where
  std::set<Thing> things_;
  std::vector<std::string> endless_;
};

}  // namespace stepwise
}  // namespace gms::ir
