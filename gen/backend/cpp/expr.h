// Expressions as C++ text.
#pragma once

#include <string>
#include <vector>

#include "gen/backend/cpp/unit.h"

namespace gms::gen::cpp {

/// How tightly the outermost operator binds, weakest first.
enum class Prec : std::uint8_t {
  kAny,
  kConditional,
  kOr,
  kAnd,
  kBitOr,
  kBitXor,
  kBitAnd,
  kEquality,
  kRelation,
  kShift,
  kSum,
  kProduct,
  kUnary,
  kPrimary,
};

/// Writes the expressions of one callable or event. `s` is the state.
class ExprWriter {
 public:
  ExprWriter(const Unit& unit, const std::vector<ir::Local>& locals, const LocalFacts& facts)
      : u_(unit), locals_(locals), facts_(facts), names_(locals.size()), scope_(unit.functions) {}

  /// An operand for an operator of this strength.
  std::string operand(ir::ExprId id, Prec at_least);
  /// With its exact C++ type.
  std::string exact(ir::ExprId id);
  /// Where an implicit conversion to the type makes literals and present values of optionals right.
  std::string loose(ir::ExprId id, bool to_lazy = false);
  std::string text(ir::ExprId id) { return operand(id, Prec::kAny); }

  /// How a local is called; declares it in the innermost scope when it is new.
  const std::string& name(ir::VarId var);
  /// Another text for a local: an output's field.
  void rename(ir::VarId var, std::string text) { names_[var] = std::move(text); }
  /// What it was renamed to or is called; empty if it has no name yet.
  const std::string& current_name(ir::VarId var) const { return names_[var]; }
  Scope& scope() { return scope_; }

  bool is_lazy(ir::ExprId id) const { return u_.facts.is_lazy(id, facts_); }
  bool is_cursor(ir::ExprId id) const { return u_.facts.is_cursor(id, facts_); }
  const LocalFacts& facts() const { return facts_; }
  const Unit& unit() const { return u_; }

  /// "Stretch" text for the binder's bounds.
  std::string range(const ir::Binder& binder);
  /// The values of a binder without bounds and not of an index: live handles, or a list.
  std::string values(const ir::Type& type) const;

 private:
  struct Code {
    std::string text;
    Prec prec;
  };
  Code code(ir::ExprId id);
  Code lazy(ir::ExprId id);
  Code binary(const ir::Expr& e, std::string_view op, Prec prec);
  Code logic(const ir::Expr& e, std::string_view op, Prec prec);
  Code negation(const ir::Expr& e);
  Code equal(const ir::Expr& e, std::string_view op);
  Code arithmetic(const ir::Expr& e);
  Code shift(const ir::Expr& e);
  Code cast(const ir::Expr& e);
  Code quantifier(const ir::Expr& e, std::size_t from);
  Code fit(const ir::Type& type, Code code, bool promoted);
  std::string helper_arg(ir::ExprId id);
  std::string arguments(const ir::Expr& e, const std::vector<bool>& to_lazy);

  const Unit& u_;
  const std::vector<ir::Local>& locals_;
  const LocalFacts& facts_;
  std::vector<std::string> names_;
  Scope scope_;
};

}  // namespace gms::gen::cpp
