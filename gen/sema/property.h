// Invariants, properties of actions, laws and covers.
#pragma once

#include <cstdint>
#include <set>

#include "gen/sema/context.h"
#include "gen/sema/expr.h"

namespace gms::gen::sema {

class Properties {
 public:
  explicit Properties(Context& context) : ctx_(context) {}
  void run();

 private:
  void invariant(const ast::InvariantDecl& decl, base::Span span);
  void two_state(const ast::PropertyDecl& decl, base::Span span);
  void cover(const ast::CoverDecl& decl, base::Span span);
  void law(const ast::LawDecl& decl, base::Span span);
  std::vector<ir::LawCall> law_side(const std::vector<ast::LawCall>& calls, Frame& frame,
                                    Exprs& exprs);
  std::optional<std::uint64_t> demanded(const ast::Name& name, ir::ActionId action);

  std::optional<ir::ActionId> action(const ast::Name& name);
  /// An expression over executions of the actions; of one action its names are visible.
  ir::ExprId over_executions(const ast::Expr& expr, std::vector<ir::ActionId> actions,
                             ir::Property& property);
  ir::Property start(ir::PropertyKind kind, const ast::Name& name, const ast::Doc& doc,
                     const std::optional<ast::Expectation>& expectation, base::Span span);

  Context& ctx_;
};

/// The Errno values that an action's own clauses and those of the procedures it calls return.
std::set<std::uint64_t> results_of(const ir::Module& module, ir::ActionId action);

/// Finds an action by name; reports what it is instead, or what was meant.
std::optional<ir::ActionId> find_action(Context& context, const ast::Name& name);

}  // namespace gms::gen::sema
