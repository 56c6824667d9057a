// Expressions: from the tree to typed nodes of the IR. Types flow both ways: an expression is
// inferred, and where the context knows the type (`hint`) literals, `none` and members of enums
// take it. After an error the value is poison, which no caller complains about again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gen/ast/ast.h"
#include "gen/sema/context.h"
#include "gen/sema/copy.h"
#include "gen/sema/scope.h"
#include "gen/sema/types.h"

namespace gms::gen::sema {

class Exprs {
 public:
  Exprs(Context& context, Frame& frame) : ctx_(context), frame_(frame), build_(context.build) {}

  Value infer(const ast::Expr& expr, const ir::Type* hint = nullptr);
  /// The expression as a value of the type; kNoId after an error.
  ir::ExprId check(const ast::Expr& expr, const ir::Type& type);
  ir::ExprId condition(const ast::Expr& expr) { return check(expr, bool_type()); }
  /// A condition that may be absent (kNoId).
  ir::ExprId condition(const ast::ExprPtr& expr) { return expr ? condition(*expr) : ir::kNoId; }

  /// A scalar of whatever type it has; a lone literal or `none` is an error here.
  Value infer_scalar(const ast::Expr& expr);
  /// Lo and hi; the element's type is the hint's where it is given.
  Value infer_range(const ast::Expr& expr, const ir::Type* element = nullptr);

  ir::ExprId coerce(const Value& value, const ir::Type& type);
  /// Scalars, ranges and structs alike: the nodes in order, empty after an error.
  std::vector<ir::ExprId> coerce_all(const Value& value, const Type& type);

  /// The arguments of a call in the order of the parameters, flattened. `any` gives kNoId where
  /// `any_allowed`. Nothing after an error (each is reported).
  struct Args {
    std::vector<ir::ExprId> flat;
    std::vector<bool> any;  // for each of flat
    bool failed = false;
  };
  Args arguments(const Signature& callee, const std::vector<ast::Arg>& args, base::Span span,
                 bool any_allowed);

  /// Binders in a new scope; the caller pops it with `leave_scope`.
  std::vector<ir::Binder> binders(const std::vector<ast::Binder>& binders, bool* failed);
  void leave_scope();

  /// Declares a local, warning when it hides something.
  void declare(LocalName name);
  Value value_of(LocalName& local, base::Span span);

 private:
  // expr_name.cpp
  Value name(const ast::NameExpr& expr, base::Span span, const ir::Type* hint);
  Value symbol(Symbol& symbol, const ast::Name& name, bool primed, base::Span span);
  /// The call at hand: a handle of the domain Call, where the spec has it.
  std::optional<Value> self(base::Span span);
  Value member_of_enum(std::vector<Symbol>& members, const ast::Name& name, base::Span span,
                       const ir::Type* hint);
  Value ok(base::Span span, const ir::Type* hint);
  Value index(const ast::IndexExpr& expr, base::Span span);
  Value state(ir::StateId id, std::vector<ir::ExprId> keys, bool primed, base::Span span);
  Value member(const ast::MemberExpr& expr, base::Span span, const ir::Type* hint);
  bool check_prime(bool primed, base::Span span);
  std::vector<std::string> visible_names() const;

  // expr_op.cpp
  Value unary(const ast::UnaryExpr& expr, base::Span span, const ir::Type* hint);
  Value binary(const ast::BinaryExpr& expr, base::Span span, const ir::Type* hint);
  Value logic(const ast::BinaryExpr& expr, base::Span span);
  Value comparison(const ast::BinaryExpr& expr, base::Span span);
  Value arithmetic(const ast::BinaryExpr& expr, base::Span span, const ir::Type* hint);
  Value shift(const ast::BinaryExpr& expr, base::Span span, const ir::Type* hint);
  Value fold_literals(const ast::BinaryExpr& expr, const Value& a, const Value& b, base::Span span);
  Value conditional(const ast::IfExpr& expr, base::Span span, const ir::Type* hint);
  Value unwrap(const ast::UnwrapExpr& expr, base::Span span);
  bool needs_context(const ast::Expr& expr);
  std::pair<Value, Value> infer_pair(const ast::Expr& lhs, const ast::Expr& rhs,
                                     const ir::Type* hint);

  // expr_quant.cpp
  Value range(const ast::RangeExpr& expr, base::Span span, const ir::Type* hint);
  Value in(const ast::InExpr& expr, base::Span span);
  Value quantifier(const ast::QuantExpr& expr, base::Span span);
  std::optional<ir::Binder> binder(const ast::Binder& binder);

  // expr_call.cpp
  Value call(const ast::CallExpr& expr, base::Span span, const ir::Type* hint);
  Value convert(const ast::CallExpr& expr, const ir::Type& target, base::Span span);
  Value builtin(const ast::CallExpr& expr, base::Span span, const ir::Type* hint);
  Value extremum(const ast::CallExpr& expr, base::Span span, const ir::Type* hint);
  Value live(const ast::CallExpr& expr, base::Span span);
  Value exit(const ast::CallExpr& expr, base::Span span);
  Value has(const ast::CallExpr& expr, base::Span span);
  Value range_builtin(const ast::CallExpr& expr, base::Span span);
  Value make_struct(const ast::CallExpr& expr, std::uint32_t id, base::Span span);
  Value call_fn(const ast::CallExpr& expr, Symbol& symbol, base::Span span);
  bool arity(const ast::CallExpr& expr, std::size_t count);
  ir::ExprId reuse(ir::ExprId id) { return again(ctx_, frame_, id); }

  Value scalar(ir::ExprId id, base::Span span) const;
  Value poison(base::Span span) const { return {Type::poison(), span, ir::kNoId, {}, 0, false}; }
  Value literal(Wide value, base::Span span, bool wraps = false) const;
  void mismatch(const Value& value, const ir::Type& type);

  Context& ctx_;
  Frame& frame_;
  Builder& build_;
};

/// `a.b.c` of plain names as one text; empty for anything else.
std::string dotted_path(const ast::Expr& expr);

bool is_builtin_function(const std::string& name);

}  // namespace gms::gen::sema
