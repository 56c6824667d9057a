// Events.
#include <utility>

#include "gen/syntax/build_ast.h"

namespace gms::gen {

using P = gms_grammar::GmsParser;

ast::EventDecl AstBuilder::event(P::EventDeclContext* context) {
  ast::EventDecl result;
  result.name = name(context->name());
  result.ignored = context->IGNORED() != nullptr;
  check_commas(context);
  for (P::FieldContext* one : context->field())
    result.fields.push_back(event_field(one));
  if (context->eventBlock() != nullptr) result.body = event_block(context->eventBlock());
  return result;
}

ast::EventField AstBuilder::event_field(P::FieldContext* context) {
  ast::EventField result;
  result.doc = doc(context->DOC());
  result.name = field_name(context->fieldName());
  result.span = span(context);
  P::FieldTypeContext* type = context->fieldType();
  if (type->LBRACK() != nullptr) {
    ast::ArrayField array;
    check_commas(type);
    for (P::ArrayColumnContext* one : type->arrayColumn()) {
      array.columns.push_back({name(one->name(0)), name(one->name(1)), one->QUESTION() != nullptr});
    }
    result.type = std::move(array);
  } else if (type->OR() != nullptr) {
    ast::HandleField handle;
    handle.domain = name(type->name(0));
    if (type->PLUS() != nullptr) handle.offset_type = name(type->name(1));
    handle.words = name(type->name().back());
    result.type = std::move(handle);
  } else {
    result.type = ast::ScalarField{name(type->name(0)), type->QUESTION() != nullptr};
  }
  result.default_any = context->ANY() != nullptr;
  result.default_value = expr(context->expr());
  if (P::MakerContext* maker = context->maker()) {
    result.maker = ast::FieldMaker{name(maker->name()), args(maker->args())};
  }
  return result;
}

ast::EventBlock AstBuilder::event_block(P::EventBlockContext* context) {
  ast::EventBlock result;
  for (P::EventStmtContext* one : context->eventStmt())
    result.push_back(event_stmt(one));
  return result;
}

ast::EventStmt AstBuilder::event_stmt(P::EventStmtContext* context) {
  ast::EventStmt result;
  result.span = span(context);
  if (auto* s = dynamic_cast<P::EventCallContext*>(context)) {
    ast::EventCall call{name(s->name()), args(s->args()), {}};
    if (s->observes() != nullptr) {
      for (P::ObserveContext* one : s->observes()->observe())
        observe(one, call);
    }
    result.node = std::move(call);
    return result;
  }
  if (auto* s = dynamic_cast<P::EventIfContext*>(context)) {
    ast::EventIf branch;
    branch.cond = expr(s->expr());
    branch.then_body = event_block(s->eventBlock(0));
    branch.has_else = s->ELSE() != nullptr;
    if (s->eventBlock(1) != nullptr) branch.else_body = event_block(s->eventBlock(1));
    if (s->eventIfTail() != nullptr) branch.else_body.push_back(event_if_tail(s->eventIfTail()));
    result.node = std::move(branch);
    return result;
  }
  if (auto* s = dynamic_cast<P::EventForContext*>(context)) {
    result.node = ast::EventFor{name(s->name(0)), name(s->name(1)), event_block(s->eventBlock())};
    return result;
  }
  if (auto* s = dynamic_cast<P::EventRejectContext*>(context)) {
    result.node = ast::EventReject{string(s->STRING())};
  }
  return result;
}

ast::EventStmt AstBuilder::event_if_tail(P::EventIfTailContext* context) {
  ast::EventIf branch;
  branch.cond = expr(context->expr());
  branch.then_body = event_block(context->eventBlock(0));
  branch.has_else = context->ELSE() != nullptr;
  if (context->eventBlock(1) != nullptr) branch.else_body = event_block(context->eventBlock(1));
  if (context->eventIfTail() != nullptr) {
    branch.else_body.push_back(event_if_tail(context->eventIfTail()));
  }
  ast::EventStmt result;
  result.node = std::move(branch);
  result.span = span(context);
  return result;
}

void AstBuilder::observe(P::ObserveContext* context, ast::EventCall& into) {
  if (context->NAMED() != nullptr) {
    into.observes.push_back(
        ast::ObserveNamed{name(context->name()), field_name(context->fieldName()), span(context)});
    return;
  }
  ast::Observe result;
  result.output = optional_name(context->name());
  result.value = expr(context->expr(0));
  result.cond = expr(context->expr(1));
  result.span = span(context);
  into.observes.push_back(std::move(result));
}

}  // namespace gms::gen
