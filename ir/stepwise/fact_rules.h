// What follows from facts about a place, and what no longer does: the rules by which facts are
// kept, while ir/stepwise/facts.cpp goes along the text of an action.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ir/build.h"
#include "ir/stepwise/conjuncts.h"
#include "ir/stepwise/flow_graph.h"

namespace gms::ir::stepwise {

using Facts = std::map<std::string, ExprId>;  // by their text

class FactRules {
 public:
  /// All must outlive this. `claimed` and `own` are find_facts()'s.
  FactRules(Module& module, const Graph& graph, const std::vector<bool>& claimed,
            const std::vector<bool>& own);

  /// Adds it as several facts where it is one: others may break a part of it and leave the rest.
  void add(Facts& facts, ExprId id);
  /// Of a local that gets a new value nothing is known.
  void forget(Facts& facts, VarId var) const;
  /// What was said of the value at this very point; what only mentions it may go on to hold.
  void overwritten(const Update::One& one, Facts& facts);
  /// Ways that meet at a place may know different values of one thing: then none is right on all.
  void drop_contradictions(Facts& facts) const;

  /// What is known of a value is known of the local that has it from now on.
  void also_of(ExprId value, VarId local, Facts& facts);
  /// What follows from a premise, or from a condition that has a name, once that is known.
  void concluded(Facts& facts);
  /// What is known of one of two locals that are equal is known of the other: only one of them may
  /// be remembered.
  void equal_locals(Facts& facts);
  /// `local` is what the optional `from` holds, so that is no longer needed to say what it was.
  void held_by(VarId from, VarId local, Facts& facts);

  /// The locals whose objects the call says it has a reference to.
  std::set<VarId> referenced(const Facts& facts) const;
  bool reads_state(ExprId id) const;
  bool reads_any(ExprId id, const std::vector<StateId>& states) const;

 protected:
  ExprId self();
  ExprId var(VarId id) { return build_.var(g_.locals, id); }
  /// The same for facts that differ in the names of their binders only.
  std::string text(ExprId id) const;
  /// A binder of a function that is written out.
  VarId fresh_binder(const Local& local);

  Module& m_;
  ExprBuilder build_;
  const Graph& g_;
  const std::vector<bool>& claimed_;
  const std::vector<bool>& own_;
  std::vector<bool> others_write_;  // by StateId
  std::vector<Local> extra_;        // after the graph's: binders of facts
  const NewLocal fresh_ = [this](const Local& local) { return fresh_binder(local); };

 private:
  std::string text(ExprId id, std::map<VarId, std::size_t>& bound) const;
  /// It speaks of values that no condition reads, and no invariant.
  bool decides_nothing(ExprId id) const;
  /// It is about something of the call that others write, as they please.
  bool others_decide(ExprId id) const;
  /// With the local in place of what reads as `value`.
  ExprId replaced(ExprId id, const std::string& value, VarId local);
};

}  // namespace gms::ir::stepwise
