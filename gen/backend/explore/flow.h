// From where values get into state functions: for deciding what can be left out of a state, and
// what must come along with something that is kept.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace gms::gen::explore {

class ValueFlow {
 public:
  explicit ValueFlow(const ir::Module& module);

  /// Marks every state function whose values may come from a marked one, through locals and calls.
  void spread(std::vector<bool>& states) const;
  /// Marks every state function from which values may come to a marked one.
  void gather(std::vector<bool>& states) const;

 private:
  using Node = std::uint32_t;  // state functions first, then the locals of all callables
  void expr(ir::ExprId id, Node to, Node base);
  void block(const ir::Block& block, const ir::Callable& callable, Node base);
  void closure(std::vector<bool>& states, bool forward) const;

  const ir::Module& m_;
  std::vector<Node> proc_bases_;
  Node nodes_ = 0;
  std::vector<std::pair<Node, Node>> edges_;  // from, to
};

/// Marks the state functions that an expression reads, through functions as well.
void mark_reads(const ir::Module& module, ir::ExprId id, std::vector<bool>& states);

}  // namespace gms::gen::explore
