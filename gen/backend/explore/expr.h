// Expressions in C++. All values are u64, bool or Opt; a binder is a loop.
#pragma once

#include <string>
#include <vector>

#include "gen/backend/explore/unit.h"

namespace gms::gen::explore {

class ExprWriter {
 public:
  /// `locals` of the callable or property around. The scope knows what must not be hidden.
  ExprWriter(const Unit& unit, const std::vector<ir::Local>& locals, cpp::Scope scope)
      : u_(unit), locals_(locals), scope_(std::move(scope)), names_(locals.size()) {}

  /// The C++ name of a local.
  const std::string& name(ir::VarId var);
  /// The first ones, of another writer: for a property that goes on with its action's locals.
  void take_names(const ExprWriter& other, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      names_[i] = other.names_[i];
  }
  const cpp::Scope& scope() const { return scope_; }
  /// An expression that can stand anywhere: a name, a call, or in parentheses.
  std::string text(ir::ExprId id);
  std::string condition(ir::ExprId id) { return id == ir::kNoId ? "true" : text(id); }
  /// `for (u64 p = lo; p < hi; ++p)`, or over live handles with an `if` behind.
  std::string loop(const ir::Binder& binder);

  /// The variables that hold the state, where plain and where primed.
  std::string state = "s", primed = "after";

 private:
  std::string args(const ir::Expr& e);
  std::string binary(const ir::Expr& e, const char* op, bool wraps);
  std::string helper(const ir::Expr& e, const char* function, bool with_sign);
  std::string cast(const ir::Expr& e);
  std::string quantifier(const ir::Expr& e);

  const Unit& u_;
  const std::vector<ir::Local>& locals_;
  cpp::Scope scope_;
  std::vector<std::string> names_;
};

}  // namespace gms::gen::explore
