// What the emitter has to know of a module before it writes the first line: which values may be
// unknown, which function parameters may be cursors, which procedures may end their caller.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace gms::gen::cpp {

/// By VarId of a callable or event.
struct LocalFacts {
  std::vector<bool> lazy;       // may be unknown
  std::vector<bool> cursor;     // a binder or parameter that stands for a stretch of indices
  std::vector<bool> assigned;   // declared at the top, and set by assignments
  std::vector<unsigned> reads;  // how often it is read
};

struct Facts {
  explicit Facts(const ir::Module& module);

  std::vector<LocalFacts> fns, procs, actions, events;
  std::vector<bool> fn_lazy, fn_cursor;  // the function's value
  std::vector<bool> fn_used;             // by the model; others are for properties
  std::vector<bool> proc_exits;          // may end the calling action
  // By action and output: some way out leaves it without a value, and its type has no none.
  std::vector<std::vector<bool>> unset;

  /// Whether the expression's value may be unknown, where locals have these facts.
  bool is_lazy(ir::ExprId id, const LocalFacts& locals) const;
  /// Whether its C++ value is a Cursor.
  bool is_cursor(ir::ExprId id, const LocalFacts& locals) const;

 private:
  void walk(const ir::Callable& callable, LocalFacts& locals);
  void walk_expr(ir::ExprId id, LocalFacts& locals);
  void walk_update(const ir::Update& update, LocalFacts& locals);
  void walk_event(const std::vector<ir::EventStmt>& body, LocalFacts& locals);
  void set(std::vector<bool>& bits, std::size_t at, bool value);
  void binder(const ir::Binder& binder, LocalFacts& locals);
  bool exits(const ir::Block& block) const;
  void find_unset(const ir::Action& action, const ir::Block& block, std::vector<bool>& assigned,
                  std::vector<bool>& unset) const;

  const ir::Module& m_;
  bool changed_ = false;
  bool counting_ = false;
};

/// A binder whose loop runs by stretches: an index or a wide unsigned number.
bool runs_by_stretches(const ir::Type& type);

}  // namespace gms::gen::cpp
