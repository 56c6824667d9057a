// The body of an action as a graph of single operations, the procedures that it calls written out:
// where the stepwise reading (ir/stepwise/stepwise.h) finds the places at which other calls may
// come in between.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ir/ir.h"

namespace gms::ir::stepwise {

using NodeId = std::uint32_t;

/// A lock that a call has at some place of its text.
struct Held {
  LockId lock = kNoId;
  std::vector<ExprId> keys;
  bool exclusive = true;
};

/// One operation. Its expressions speak of Graph::locals.
struct Node {
  enum class Kind : std::uint8_t {
    kStmt,    // Assign (a Let as well), Update, Choose, Require, Create or Destroy
    kBranch,  // to `next` if `cond` holds, else to `other`; both meet at `join`, if at all
    kAcquire,
    kRelease,
    kLeave,    // the call ends at `clause`, and gives back what it still holds
    kRestart,  // the call starts again
  };
  Kind kind = Kind::kStmt;
  decltype(Stmt::node) stmt;
  ExprId cond = kNoId;
  NodeId next = kNoId, other = kNoId, join = kNoId;
  Held lock;
  ClauseId clause = kNoId;
  std::vector<Held> held;  // here, before the operation
  /// Operations of one section happen at once, if nothing else stands between them: those of a
  /// `step`, or the parts of one statement. 0: it touches nothing that another call can see.
  std::uint32_t section = 0;
  std::string name;       // of the section
  std::set<VarId> asked;  // what a claim about this operation speaks of (ir/stepwise/effect.h)
  bool loop_head = false;
  base::Span span;
};

/// `scan p in start ..< end`: while the cursor stands at the loop's head, no index below satisfies
/// one of the conditions, which mention the cursor.
struct ScanLoop {
  NodeId head = kNoId;
  VarId cursor = kNoId;
  ExprId start = kNoId, end = kNoId;
  std::vector<ExprId> exits;
};

/// `each v where c`: which elements have been visited is a state function of the call and the
/// element.
struct EachLoop {
  NodeId head = kNoId;
  Binder binder;  // bounds are locals; the variable is the element at hand
  ExprId where = kNoId;
  StateId visited = kNoId;
};

struct Graph {
  std::vector<Node> nodes;
  NodeId entry = kNoId;
  std::vector<Local> locals;  // of the action, and of what was written out
  std::vector<ScanLoop> scans;
  std::vector<EachLoop> eaches;
  std::vector<std::string> problems;  // why there is no graph
};

/// Where a call may go from the node; to the entry from one that starts it again.
std::vector<NodeId> successors(const Graph& graph, NodeId id);

/// Whether the callable or a procedure that it calls has steps, locks, loops, retries, or says
/// `self`.
bool has_steps(const Module& module, const Callable& callable);

/// By StateId: what no call in flight sees change, since only the action that creates one of its
/// keys writes it. (That the handle is destroyed meanwhile is not thought of.)
std::vector<bool> fixed_states(const Module& module);

/// Appends expressions, and state functions for the loops, to `module`.
Graph make_graph(Module& module, const Action& action, const std::vector<bool>& fixed);

}  // namespace gms::ir::stepwise
