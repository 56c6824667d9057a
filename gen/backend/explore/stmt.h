// Statements in C++: the body of an action or procedure.
#pragma once

#include <set>

#include "base/text_writer.h"
#include "gen/backend/explore/expr.h"

namespace gms::gen::explore {

class StmtWriter {
 public:
  StmtWriter(const Unit& unit, const ir::Callable& callable, bool is_action, base::TextWriter& out);

  ExprWriter& exprs() { return exprs_; }
  /// The locals that are no parameters, binders left out.
  void declare_locals();
  void body() { block(callable_.body); }
  /// Whether the environment has a choice in it, in called procedures too.
  static bool has_choices(const ir::Module& module, const ir::Block& block);

 private:
  void block(const ir::Block& block);
  void stmt(ir::StmtId id);
  void assign(const ir::Assign& s);
  void leave(const std::string& clause);
  void guard(const ir::Guard& s);
  void returns(const ir::Return& s);
  void call(const ir::Call& s);
  void choose(const ir::Choose& s);
  void update(const ir::Update& s);
  void create(const ir::Create& s);

  const Unit& u_;
  const ir::Callable& callable_;
  bool is_action_;
  base::TextWriter& out_;
  ExprWriter exprs_;
  unsigned temporaries_ = 0;
};

}  // namespace gms::gen::explore
