// The file and its items, but for events.
#include <utility>

#include "gen/syntax/build_ast.h"
#include "gen/syntax/messages.h"

namespace gms::gen {

namespace diag = syntax::diag;

using P = gms_grammar::GmsParser;

ast::File AstBuilder::file(P::FileContext* context) {
  ast::File result;
  P::HeaderContext* header = context->header();
  result.doc = doc(header->DOC());
  result.name = name(header->name(0));
  result.extends = optional_name(header->name(1));
  for (Terminal* link : header->STRING())
    result.links.push_back(string(link));
  result.items = items(context->item());
  result.span = span(header);
  return result;
}

std::vector<ast::Item> AstBuilder::items(const std::vector<P::ItemContext*>& contexts) {
  std::vector<ast::Item> result;
  result.reserve(contexts.size());
  for (P::ItemContext* one : contexts)
    result.push_back(item(one));
  return result;
}

std::vector<ast::ParamDef> AstBuilder::params(P::ParamsContext* context) {
  std::vector<ast::ParamDef> result;
  if (context == nullptr) return result;
  check_commas(context);
  for (P::ParamDefContext* one : context->paramDef()) {
    const ast::Name named = name(one->name());
    const ast::TypeRef typed = type(one->type());
    result.push_back({doc(one->DOC()), one->INOUT() != nullptr, named, typed,
                      base::cover(named.span, typed.span)});
  }
  return result;
}

std::vector<ast::TypeRef> AstBuilder::types(P::TypesContext* context) const {
  std::vector<ast::TypeRef> result;
  if (context == nullptr) return result;
  for (P::TypeContext* one : context->type())
    result.push_back(type(one));
  return result;
}

std::optional<ast::Expectation> AstBuilder::expectation(P::ExpectationContext* context) {
  if (context == nullptr) return std::nullopt;
  return ast::Expectation{string(context->STRING()), span(context)};
}

ast::Edit AstBuilder::edit(P::EditContext* context) {
  ast::Edit result;
  result.doc = doc(context->DOC());
  P::EditBodyContext* body = context->editBody();
  result.span = span(body);
  if (auto* e = dynamic_cast<P::InsertEditContext*>(body)) {
    const auto place = e->BEFORE() != nullptr ? ast::EditPlace::kBefore : ast::EditPlace::kAfter;
    result.node = ast::EditInsert{place, name(e->name()), {stmt(e->stmt())}};
  }
  if (auto* e = dynamic_cast<P::EndEditContext*>(body)) {
    const auto place = e->FIRST() != nullptr ? ast::EditPlace::kFirst : ast::EditPlace::kLast;
    result.node = ast::EditInsert{place, std::nullopt, {stmt(e->stmt())}};
  }
  if (auto* e = dynamic_cast<P::DropEditContext*>(body)) {
    result.node = ast::EditDrop{name(e->name())};
  }
  if (auto* e = dynamic_cast<P::SwapEditContext*>(body)) {
    result.node = ast::EditSwap{name(e->name(0)), name(e->name(1))};
  }
  if (auto* e = dynamic_cast<P::ReplaceEditContext*>(body)) {
    result.node = ast::EditInsert{ast::EditPlace::kReplace, name(e->name()), {stmt(e->stmt())}};
  }
  // A doc comment before the edit belongs to the statement that it adds.
  if (auto* insert = std::get_if<ast::EditInsert>(&result.node)) {
    if (!result.doc.empty() && insert->stmts.front().doc.empty()) {
      insert->stmts.front().doc = std::move(result.doc);
      result.doc.clear();
    }
  }
  return result;
}

ast::LawDecl AstBuilder::law(P::LawDeclContext* context) {
  ast::LawDecl result;
  result.name = name(context->name());
  result.params = params(context->params());
  result.expectation = expectation(context->expectation());
  std::size_t next = 0;
  if (context->ASSUME() != nullptr) result.assume = expr(context->expr(next++));
  if (context->THEN() != nullptr) result.then = expr(context->expr(next));
  const auto side = [this](P::LawSideContext* from) {
    std::vector<ast::LawCall> calls;
    for (P::LawCallContext* one : from->lawCall()) {
      ast::LawCall call;
      call.results = names(one->names());
      call.action = name(one->name(0));
      call.args = args(one->args());
      if (one->OK() != nullptr) {
        call.demanded = ast::Name{"ok", span(one->OK())};
      } else {
        call.demanded = optional_name(one->name(1));
      }
      call.span = span(one);
      calls.push_back(std::move(call));
    }
    return calls;
  };
  result.left = side(context->lawSide(0));
  result.has_same = context->SAME() != nullptr;
  if (result.has_same) result.right = side(context->lawSide(1));
  result.agree = names(context->names());
  return result;
}

ast::Item AstBuilder::item(P::ItemContext* context) {
  ast::Item result;
  P::ItemBodyContext* body = context->itemBody();
  result.span = span(body);
  const ast::Doc words = doc(context->DOC());
  const auto undocumented = [this, context] {
    if (!context->DOC().empty()) sink_.report(diag::misplaced_doc, span(context->DOC().front()));
  };

  if (auto* d = body->include()) {
    undocumented();
    result.node = ast::IncludeDecl{string(d->STRING())};
    return result;
  }
  if (auto* d = body->commonFields()) {
    undocumented();
    ast::CommonFieldsDecl fields;
    for (P::FieldNameContext* one : d->fieldName())
      fields.names.push_back(field_name(one));
    result.node = std::move(fields);
    return result;
  }
  if (auto* d = body->constDecl()) {
    result.node = ast::ConstDecl{words, name(d->name()), type(d->type()), expr(d->expr())};
    return result;
  }
  if (auto* d = body->enumDecl()) {
    ast::EnumDecl decl{words, name(d->name()), {}};
    check_commas(d);
    for (P::EnumMemberContext* one : d->enumMember()) {
      ast::EnumMember member;
      member.doc = doc(one->DOC());
      member.name = one->OK() != nullptr ? ast::Name{"ok", span(one->OK())} : name(one->name());
      member.value = expr(one->expr());
      for (Terminal* spelling : one->STRING())
        member.spellings.push_back(string(spelling));
      decl.members.push_back(std::move(member));
    }
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->flagsDecl()) {
    ast::FlagsDecl decl{words, name(d->name()), type(d->type()), {}};
    check_commas(d);
    for (P::FlagMemberContext* one : d->flagMember()) {
      decl.members.push_back({doc(one->DOC()), name(one->name()), expr(one->expr())});
    }
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->structDecl()) {
    result.node = ast::StructDecl{words, name(d->name()), params(d->params())};
    return result;
  }
  if (auto* d = body->domainDecl()) {
    ast::DomainDecl decl{words, {}};
    for (P::NameContext* one : d->name())
      decl.names.push_back(name(one));
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->indexDecl()) {
    result.node = ast::IndexDecl{words, name(d->name()), type(d->type())};
    return result;
  }
  if (auto* d = body->paramDecl()) {
    result.node =
        ast::ParamDecl{words, name(d->name()), type(d->type()), expr(d->expr()), exprs(d->exprs())};
    return result;
  }
  if (auto* d = body->quirkDecl()) {
    result.node = ast::QuirkDecl{words, name(d->name())};
    return result;
  }
  if (auto* d = body->lockDecl()) {
    result.node = ast::LockDecl{words, d->RW() != nullptr, name(d->name()), types(d->types())};
    return result;
  }
  if (auto* d = body->stateDecl()) {
    result.node =
        ast::StateDecl{words,           d->GHOST() != nullptr, name(d->name()), types(d->types()),
                       type(d->type()), expr(d->expr())};
    return result;
  }
  if (auto* d = body->fnDecl()) {
    result.node =
        ast::FnDecl{words, name(d->name()), params(d->params()), type(d->type()), expr(d->expr())};
    return result;
  }
  if (auto* d = body->procDecl()) {
    ast::ProcDecl decl;
    decl.doc = words;
    decl.name = name(d->name());
    decl.params = params(d->params());
    if (d->outputs() != nullptr) decl.returns = params(d->outputs()->params());
    decl.cite = cite(d->cite());
    decl.body = block(d->block());
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->actionDecl()) {
    ast::ActionDecl decl;
    decl.doc = words;
    if (d->INT() != nullptr) decl.hidden_budget = integer(d->INT());
    decl.name = name(d->name());
    decl.params = params(d->params());
    if (d->outputs() != nullptr) decl.returns = params(d->outputs()->params());
    decl.cite = cite(d->cite());
    decl.body = block(d->block());
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->editDecl()) {
    ast::EditDecl decl{words, name(d->name()), {}};
    for (P::EditContext* one : d->edit())
      decl.edits.push_back(edit(one));
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->eventDecl()) {
    ast::EventDecl decl = event(d);
    decl.doc = words;
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->invariantDecl()) {
    result.node = ast::InvariantDecl{words, d->LEMMA() != nullptr, name(d->name()),
                                     expectation(d->expectation()), expr(d->expr())};
    return result;
  }
  if (auto* d = body->propertyDecl()) {
    result.node = ast::PropertyDecl{words,
                                    name(d->name()),
                                    d->ALL() != nullptr,
                                    names(d->names()),
                                    expectation(d->expectation()),
                                    expr(d->expr())};
    return result;
  }
  if (auto* d = body->lawDecl()) {
    ast::LawDecl decl = law(d);
    decl.doc = words;
    result.node = std::move(decl);
    return result;
  }
  if (auto* d = body->coverDecl()) {
    result.node =
        ast::CoverDecl{words, name(d->name(0)), optional_name(d->name(1)), expr(d->expr())};
    return result;
  }
  if (auto* d = body->dropDecl()) {
    undocumented();
    ast::DropKind kind = ast::DropKind::kInvariant;
    if (d->LEMMA() != nullptr) kind = ast::DropKind::kLemma;
    if (d->PROPERTY() != nullptr) kind = ast::DropKind::kProperty;
    if (d->LAW() != nullptr) kind = ast::DropKind::kLaw;
    if (d->COVER() != nullptr) kind = ast::DropKind::kCover;
    if (d->EVENT() != nullptr) kind = ast::DropKind::kEvent;
    if (d->ACTION() != nullptr) kind = ast::DropKind::kAction;
    result.node = ast::DropDecl{kind, name(d->name())};
    return result;
  }
  if (auto* d = body->expectDecl()) {
    undocumented();
    if (d->ID() != nullptr) {
      ast::DiffExpectDecl decl;
      decl.kind = {d->ID()->getText(), span(d->ID())};
      decl.what = string(d->STRING(0));
      if (d->name() != nullptr) decl.on = name(d->name());
      if (d->STRING().size() > 1) decl.reason = string(d->STRING(1));
      result.node = std::move(decl);
      return result;
    }
    ast::ExpectDecl decl{d->REFUTED() != nullptr, name(d->name()), std::nullopt};
    if (!d->STRING().empty()) decl.reason = string(d->STRING(0));
    result.node = std::move(decl);
  }
  return result;
}

}  // namespace gms::gen
