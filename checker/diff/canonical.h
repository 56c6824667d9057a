// What an action does as a text that is the same for two versions exactly if they are the same up
// to the names of clauses and locals, with all functions and procedures that it calls written out
// by what they do.
#pragma once

#include <map>
#include <string>

#include "checker/conform/valuation.h"
#include "ir/ir.h"

namespace gms::diff {

class Canonical {
 public:
  /// Parameters are written as their values. The module must outlive it; stepwise ones are written
  /// with their steps and locks.
  Canonical(const ir::Module& module, const check::Valuation& values)
      : m_(module), values_(values) {}

  /// Of the action's body; states, domains and sorts by their names.
  std::string action(ir::ActionId id);
  /// Of the function's value.
  std::string function(ir::FnId id) { return fn(id); }

 private:
  struct Names {
    const ir::Callable* host = nullptr;
    std::map<ir::VarId, std::string> given;
    std::string of(ir::VarId var);
  };
  std::string callable(const ir::Callable& c, bool by_name);
  std::string fn(ir::FnId id);
  std::string proc(ir::ProcId id);
  std::string type(const ir::Type& t) const;
  std::string expr(ir::ExprId id, Names& names);
  std::string connective(ir::ExprId id, Names& names);
  std::string exprs(const std::vector<ir::ExprId>& ids, Names& names);
  std::string binder(const ir::Binder& b, Names& names);
  std::string block(const ir::Block& b, Names& names);
  std::string stmt(const ir::Stmt& s, Names& names);

  const ir::Module& m_;
  const check::Valuation& values_;
  std::map<ir::FnId, std::string> fns_;
  std::map<ir::ProcId, std::string> procs_;
};

}  // namespace gms::diff
