// ANTLR's parse tree -> ast. Called only on trees without syntax errors. Reports what the grammar
// does not say: chained comparisons, misplaced cites, numbers and escapes. For gen/syntax only.
#pragma once

#include <GmsParser.h>
#include <antlr4-runtime.h>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "gen/ast/ast.h"
#include "gen/syntax/tokens.h"

namespace gms::gen {

class AstBuilder {
 public:
  using P = gms_grammar::GmsParser;

  AstBuilder(const Places& places, base::DiagSink& sink) : places_(places), sink_(sink) {}

  ast::File file(P::FileContext* context);
  std::vector<ast::Item> items(const std::vector<P::ItemContext*>& contexts);

 private:
  using Terminal = antlr4::tree::TerminalNode;

  // Leaves (build_ast_expr.cpp).
  base::Span span(const antlr4::ParserRuleContext* context) const;
  base::Span span(Terminal* node) const;
  std::string_view text(base::Span where) const { return places_.text(where); }
  ast::Name name(P::NameContext* context) const;
  std::optional<ast::Name> optional_name(P::NameContext* context) const;
  std::vector<ast::Name> names(P::NamesContext* context) const;  // null: none
  ast::Name field_name(P::FieldNameContext* context) const;
  ast::Text string(Terminal* node);
  std::uint64_t integer(Terminal* node);
  ast::Doc doc(const std::vector<Terminal*>& lines) const;
  ast::TypeRef type(P::TypeContext* context) const;
  // `a,, b`: the grammar lets every element but the first be missing; only the last may.
  void check_commas(antlr4::ParserRuleContext* list);

  // Expressions (build_ast_expr.cpp).
  ast::ExprPtr expr(P::ExprContext* context);  // null stays null
  ast::ExprPtr primary(P::PrimaryContext* context);
  ast::ExprPtr binary(P::ExprContext* context, const antlr4::Token* op, ast::BinaryOp kind,
                      P::ExprContext* lhs, P::ExprContext* rhs);
  void check_unchained(P::ExprContext* operand, const antlr4::Token* op);
  std::vector<ast::ExprPtr> exprs(P::ExprsContext* context);  // null: none
  std::vector<ast::Arg> args(P::ArgsContext* context);        // null: none
  ast::Binder binder(P::BinderContext* context);
  std::vector<ast::Binder> binders(P::BindersContext* context);  // null: none

  // Statements (build_ast_stmt.cpp).
  ast::Stmt stmt(P::StmtContext* context);
  ast::Block block(P::BlockContext* context);
  void stmt_body(P::StmtBodyContext* context, ast::Stmt& into);
  ast::Exit exit(P::ExitClauseContext* context);
  ast::PointAssign point_assign(P::PointAssignContext* context);
  ast::Stmt if_tail(P::IfTailContext* context);
  std::optional<ast::Cite> cite(P::CiteContext* context);  // null: none

  // Items (build_ast_item.cpp).
  ast::Item item(P::ItemContext* context);
  std::vector<ast::ParamDef> params(P::ParamsContext* context);                 // null: none
  std::vector<ast::TypeRef> types(P::TypesContext* context) const;              // null: none
  std::optional<ast::Expectation> expectation(P::ExpectationContext* context);  // null: none
  ast::Edit edit(P::EditContext* context);
  ast::LawDecl law(P::LawDeclContext* context);

  // Events (build_ast_event.cpp).
  ast::EventDecl event(P::EventDeclContext* context);
  ast::EventField event_field(P::FieldContext* context);
  ast::EventBlock event_block(P::EventBlockContext* context);
  ast::EventStmt event_stmt(P::EventStmtContext* context);
  ast::EventStmt event_if_tail(P::EventIfTailContext* context);
  void observe(P::ObserveContext* context, ast::EventCall& into);

  const Places& places_;
  base::DiagSink& sink_;
};

}  // namespace gms::gen
