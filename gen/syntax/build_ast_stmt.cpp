// Statements.
#include <utility>

#include "base/utf8.h"
#include "gen/syntax/build_ast.h"
#include "gen/syntax/messages.h"

namespace gms::gen {

namespace diag = syntax::diag;

namespace {

using P = gms_grammar::GmsParser;

bool is_exclusive(P::LockModeContext* context) {
  return context->EXCLUSIVE() != nullptr;
}

}  // namespace

ast::Stmt AstBuilder::stmt(P::StmtContext* context) {
  ast::Stmt result;
  result.doc = doc(context->DOC());
  if (P::LabelContext* label = context->label()) {
    result.label = ast::Label{name(label->name()), cite(label->cite())};
  }
  stmt_body(context->stmtBody(), result);
  result.span = span(context->stmtBody());
  if (result.label) {
    result.span = base::cover(result.label->name.span, result.span);
    const bool may_cite = std::holds_alternative<ast::ExitStmt>(result.node) ||
                          std::holds_alternative<ast::LetStmt>(result.node);
    if (result.label->cite && !may_cite) {
      sink_.report(diag::misplaced_cite, result.label->cite->span);
    }
  }
  return result;
}

ast::Block AstBuilder::block(P::BlockContext* context) {
  ast::Block result;
  for (P::StmtContext* one : context->stmt())
    result.push_back(stmt(one));
  return result;
}

void AstBuilder::stmt_body(P::StmtBodyContext* context, ast::Stmt& into) {
  if (auto* s = dynamic_cast<P::ExitStmtContext*>(context)) {
    into.node = ast::ExitStmt{exit(s->exitClause())};
    return;
  }
  if (auto* s = dynamic_cast<P::LetStmtContext*>(context)) {
    if (s->names() != nullptr) {
      into.node = ast::CallStmt{names(s->names()), name(s->name()), args(s->args())};
      return;
    }
    ast::LetStmt let;
    let.name = name(s->name());
    if (s->type() != nullptr) let.type = type(s->type());
    let.value = expr(s->expr());
    if (s->exitClause() != nullptr) let.otherwise = exit(s->exitClause());
    into.node = std::move(let);
    return;
  }
  if (auto* s = dynamic_cast<P::CallStmtContext*>(context)) {
    into.node = ast::CallStmt{{}, name(s->name()), args(s->args())};
    return;
  }
  if (auto* s = dynamic_cast<P::ReturnStmtContext*>(context)) {
    ast::ReturnStmt result;
    std::vector<P::ExprContext*> all = s->expr();
    if (s->IF() != nullptr) {
      result.cond = expr(all.back());
      all.pop_back();
    }
    for (P::ExprContext* one : all)
      result.values.push_back(expr(one));
    into.node = std::move(result);
    return;
  }
  if (auto* s = dynamic_cast<P::AssignStmtContext*>(context)) {
    into.node = ast::AssignStmt{s->UPDATE() != nullptr, point_assign(s->pointAssign()),
                                binders(s->binders()), expr(s->expr())};
    return;
  }
  if (auto* s = dynamic_cast<P::ForStmtContext*>(context)) {
    ast::ForStmt result{binders(s->binders()), expr(s->expr()), {}};
    for (P::PointAssignContext* one : s->pointAssign())
      result.assigns.push_back(point_assign(one));
    into.node = std::move(result);
    return;
  }
  if (auto* s = dynamic_cast<P::IfStmtContext*>(context)) {
    ast::IfStmt result;
    result.cond = expr(s->expr());
    result.then_body = block(s->block(0));
    result.has_else = s->ELSE() != nullptr;
    if (s->block(1) != nullptr) result.else_body = block(s->block(1));
    if (s->ifTail() != nullptr) result.else_body.push_back(if_tail(s->ifTail()));
    into.node = std::move(result);
    return;
  }
  if (auto* s = dynamic_cast<P::ChooseStmtContext*>(context)) {
    ast::ChooseStmt result{name(s->name()), type(s->type()), nullptr, nullptr};
    std::size_t next = 0;
    if (s->IN() != nullptr) result.range = expr(s->expr(next++));
    if (s->WHERE() != nullptr) result.where = expr(s->expr(next));
    into.node = std::move(result);
    return;
  }
  if (auto* s = dynamic_cast<P::RequireStmtContext*>(context)) {
    into.node = ast::RequireStmt{expr(s->expr())};
    return;
  }
  if (auto* s = dynamic_cast<P::CreateStmtContext*>(context)) {
    into.node = ast::CreateStmt{name(s->name(0)), name(s->name(1))};
    return;
  }
  if (auto* s = dynamic_cast<P::DestroyStmtContext*>(context)) {
    into.node = ast::DestroyStmt{expr(s->expr())};
    return;
  }
  if (auto* s = dynamic_cast<P::StepStmtContext*>(context)) {
    into.node =
        ast::StepStmt{optional_name(s->name()), block(s->block()), s->LINEARIZE() != nullptr};
    return;
  }
  if (auto* s = dynamic_cast<P::HoldStmtContext*>(context)) {
    into.node = ast::HoldStmt{is_exclusive(s->lockMode()), name(s->name()), exprs(s->exprs()),
                              block(s->block())};
    return;
  }
  if (auto* s = dynamic_cast<P::AcquireStmtContext*>(context)) {
    into.node = ast::AcquireStmt{is_exclusive(s->lockMode()), name(s->name()), exprs(s->exprs())};
    return;
  }
  if (auto* s = dynamic_cast<P::ReleaseStmtContext*>(context)) {
    into.node = ast::ReleaseStmt{name(s->name()), exprs(s->exprs())};
    return;
  }
  if (auto* s = dynamic_cast<P::ScanStmtContext*>(context)) {
    into.node = ast::ScanStmt{binder(s->binder()), s->DESCENDING_() != nullptr, block(s->block())};
    return;
  }
  if (auto* s = dynamic_cast<P::EachStmtContext*>(context)) {
    into.node = ast::EachStmt{binder(s->binder()), expr(s->expr()), block(s->block())};
    return;
  }
  if (auto* s = dynamic_cast<P::AwaitStmtContext*>(context)) {
    into.node = ast::AwaitStmt{expr(s->expr())};
    return;
  }
  if (auto* s = dynamic_cast<P::SampleStmtContext*>(context)) {
    into.node = ast::SampleStmt{name(s->name(0)), name(s->name(1))};
    return;
  }
  if (auto* s = dynamic_cast<P::RetryStmtContext*>(context)) {
    into.node = ast::RetryStmt{expr(s->expr())};
  }
}

ast::Stmt AstBuilder::if_tail(P::IfTailContext* context) {
  ast::IfStmt result;
  result.cond = expr(context->expr());
  result.then_body = block(context->block(0));
  result.has_else = context->ELSE() != nullptr;
  if (context->block(1) != nullptr) result.else_body = block(context->block(1));
  if (context->ifTail() != nullptr) result.else_body.push_back(if_tail(context->ifTail()));
  ast::Stmt stmt;
  stmt.node = std::move(result);
  stmt.span = span(context);
  return stmt;
}

ast::Exit AstBuilder::exit(P::ExitClauseContext* context) {
  ast::Exit result;
  result.may = context->MAY() != nullptr;
  result.error = optional_name(context->name());
  if (context->withs() != nullptr) {
    for (P::With_Context* one : context->withs()->with_()) {
      result.withs.push_back({name(one->name()), expr(one->expr())});
    }
  }
  result.cond = expr(context->expr());
  result.raced = context->RACED() != nullptr;
  if (context->racers() != nullptr) {
    for (P::RacerContext* one : context->racers()->racer()) {
      ast::Racer racer;
      racer.action = name(one->name());
      for (P::RacerParamContext* param : one->racerParam())
        racer.params.push_back({name(param->name(0)), name(param->name(1))});
      racer.cond = expr(one->expr());
      racer.span = span(one);
      result.racers.push_back(std::move(racer));
    }
  }
  result.span = span(context);
  return result;
}

ast::PointAssign AstBuilder::point_assign(P::PointAssignContext* context) {
  ast::PointAssign result;
  P::LvalueContext* target = context->lvalue();
  result.target.name = name(target->name());
  result.target.span = span(target);
  for (P::KeyContext* one : target->key())
    result.target.keys.push_back({expr(one->expr()), span(one)});
  result.value = expr(context->expr());
  result.span = span(context);
  return result;
}

std::optional<ast::Cite> AstBuilder::cite(P::CiteContext* context) {
  if (context == nullptr) return std::nullopt;
  ast::Cite result;
  result.span = span(context);
  const ast::Name evidence = name(context->name(0));
  if (evidence.text == "trace") {
    result.evidence = ast::Evidence::kTrace;
  } else if (evidence.text == "source") {
    result.evidence = ast::Evidence::kSource;
  } else if (evidence.text == "patch") {
    result.evidence = ast::Evidence::kPatch;
  } else if (evidence.text != "inferred") {
    sink_.report(diag::unknown_evidence, evidence.span, evidence.text)
        .with_hint("it is trace, source, patch or inferred");
  }
  result.function = optional_name(context->name(1));
  if (context->STRING() != nullptr) result.note = string(context->STRING());
  return result;
}

}  // namespace gms::gen
