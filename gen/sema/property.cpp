#include "gen/sema/property.h"

#include <algorithm>
#include <type_traits>

#include "gen/sema/stmt.h"

namespace gms::gen::sema {

namespace {

void called_procs(const ir::Module& module, const ir::Block& block, std::set<ir::ProcId>& procs) {
  for (const ir::StmtId id : block) {
    const auto& node = module.stmts[id].node;
    if (const auto* call = std::get_if<ir::Call>(&node)) {
      if (call->proc != ir::kNoId && procs.insert(call->proc).second)
        called_procs(module, module.procs[call->proc].body, procs);
    } else if (const auto* choice = std::get_if<ir::If>(&node)) {
      called_procs(module, choice->then_block, procs);
      called_procs(module, choice->else_block, procs);
    } else if (const auto* step = std::get_if<ir::Step>(&node)) {
      called_procs(module, step->body, procs);
    } else if (const auto* each = std::get_if<ir::Each>(&node)) {
      called_procs(module, each->body, procs);
    }
  }
}

}  // namespace

std::set<std::uint64_t> results_of(const ir::Module& module, ir::ActionId action) {
  std::set<ir::ProcId> procs;
  called_procs(module, module.actions[action].body, procs);
  std::set<std::uint64_t> results;
  for (const ir::Clause& clause : module.clauses) {
    const bool own = clause.action == action;
    const bool of_proc = clause.action == ir::kNoId && procs.count(clause.proc) != 0;
    if (own || of_proc) results.insert(clause.result);
  }
  return results;
}

std::optional<ir::ActionId> find_action(Context& context, const ast::Name& name) {
  Symbol* symbol = context.globals.callables.find_one(name.text);
  if (symbol == nullptr) {
    std::vector<std::string> known;
    for (const auto& [other, symbols] : context.globals.callables.all())
      if (symbols.front().kind == SymbolKind::kAction) known.push_back(other);
    base::Diagnostic& d =
        context.diags.report(diag::unknown_callable, name.span, "action", name.text);
    if (const auto meant = suggest(name.text, known)) d.with_hint("did you mean '" + *meant + "'?");
    return {};
  }
  if (symbol->kind != SymbolKind::kAction) {
    context.diags
        .report(diag::wrong_kind, name.span, name.text, kind_noun(symbol->kind), "an action")
        .note(symbol->span, "declared here");
    return {};
  }
  symbol->used = true;
  return symbol->id;
}

std::optional<ir::ActionId> Properties::action(const ast::Name& name) {
  return find_action(ctx_, name);
}

void Properties::run() {
  for (const ast::Item& item : ctx_.file.items) {
    std::visit(
        [&](const auto& decl) {
          using Decl = std::decay_t<decltype(decl)>;
          if constexpr (std::is_same_v<Decl, ast::InvariantDecl>) invariant(decl, item.span);
          if constexpr (std::is_same_v<Decl, ast::PropertyDecl>) two_state(decl, item.span);
          if constexpr (std::is_same_v<Decl, ast::CoverDecl>) cover(decl, item.span);
          if constexpr (std::is_same_v<Decl, ast::LawDecl>) law(decl, item.span);
        },
        item.node);
  }
}

ir::Property Properties::start(ir::PropertyKind kind, const ast::Name& name, const ast::Doc& doc,
                               const std::optional<ast::Expectation>& expectation,
                               base::Span span) {
  ir::Property property;
  property.kind = kind;
  property.name = name.text;
  property.doc = doc;
  property.span = span;
  if (expectation) {
    property.expect_refuted = true;
    property.reason = expectation->reason.value;
  }
  return property;
}

void Properties::invariant(const ast::InvariantDecl& decl, base::Span span) {
  const auto kind = decl.lemma ? ir::PropertyKind::kLemma : ir::PropertyKind::kInvariant;
  ir::Property property = start(kind, decl.name, decl.doc, decl.expectation, span);
  Frame frame(Place::kInvariant);
  Exprs exprs(ctx_, frame);
  property.expr = exprs.condition(*decl.value);
  property.locals = std::move(frame.locals);
  ctx_.module.properties.push_back(std::move(property));
}

ir::ExprId Properties::over_executions(const ast::Expr& expr, std::vector<ir::ActionId> actions,
                                       ir::Property& property) {
  Frame frame(Place::kTwoState);
  Exprs exprs(ctx_, frame);
  frame.actions = std::move(actions);
  const bool one = frame.actions.size() == 1;
  const ir::ActionId only = one ? frame.actions[0] : ir::kNoId;
  if (one) {
    frame.locals = ctx_.module.actions[only].locals;
    for (const LocalName& name : ctx_.action_names[only])
      frame.scopes.add(name);
  }
  const ir::ExprId result = exprs.condition(expr);
  if (one) {
    const std::vector<LocalName>& seen = frame.scopes.all();
    for (std::size_t i = 0; i < ctx_.action_names[only].size(); ++i)
      ctx_.action_names[only][i].used |= seen[i].used;
  }
  property.locals = std::move(frame.locals);
  return result;
}

void Properties::two_state(const ast::PropertyDecl& decl, base::Span span) {
  ir::Property property =
      start(ir::PropertyKind::kTwoState, decl.name, decl.doc, decl.expectation, span);
  bool failed = false;
  for (const ast::Name& name : decl.actions) {
    const auto id = action(name);
    if (id)
      property.actions.push_back(*id);
    else
      failed = true;
  }
  std::vector<ir::ActionId> of = property.actions;
  if (decl.on_all)
    for (ir::ActionId id = 0; id < ctx_.module.actions.size(); ++id)
      of.push_back(id);
  if (failed) return;  // its names would all be unknown
  // `on all` of a spec with one action has no names either: another action may come.
  if (decl.on_all && of.size() == 1) of.push_back(of[0]);
  property.expr = over_executions(*decl.value, std::move(of), property);
  ctx_.module.properties.push_back(std::move(property));
}

void Properties::cover(const ast::CoverDecl& decl, base::Span span) {
  ir::Property property = start(ir::PropertyKind::kCover, decl.name, decl.doc, std::nullopt, span);
  if (decl.action) {
    const auto id = action(*decl.action);
    if (!id) return;
    property.actions = {*id};
    property.expr = over_executions(*decl.value, {*id}, property);
  } else {
    Frame frame(Place::kInvariant);
    Exprs exprs(ctx_, frame);
    property.expr = exprs.condition(*decl.value);
    property.locals = std::move(frame.locals);
  }
  ctx_.module.properties.push_back(std::move(property));
}

std::optional<std::uint64_t> Properties::demanded(const ast::Name& name, ir::ActionId action) {
  std::vector<std::string> names;
  for (const ir::EnumMember& member : ctx_.module.enums[ir::kErrnoEnum].members) {
    names.push_back(member.name);
    if (member.name != name.text) continue;
    if (results_of(ctx_.module, action).count(member.value) == 0)
      ctx_.diags.report(diag::unknown_result, name.span, ctx_.module.actions[action].name,
                        name.text);
    return member.value;
  }
  ctx_.report_unknown(diag::unknown_errno, name, names);
  return {};
}

std::vector<ir::LawCall> Properties::law_side(const std::vector<ast::LawCall>& calls, Frame& frame,
                                              Exprs& exprs) {
  std::vector<ir::LawCall> side;
  for (const ast::LawCall& call : calls) {
    const auto id = action(call.action);
    ir::LawCall result;
    std::vector<ir::Type> outputs;
    if (id) {
      result.action = *id;
      result.args = exprs.arguments(ctx_.actions[*id], call.args, call.span, false).flat;
      if (call.demanded) result.result = demanded(*call.demanded, *id);
      const ir::Action& callee = ctx_.module.actions[*id];
      for (const ir::VarId var : callee.outputs)
        outputs.push_back(callee.locals[var].type);
      if (!call.results.empty() && call.results.size() != outputs.size()) {
        ctx_.diags.report(diag::result_count, call.span, call.action.text, outputs.size(),
                          call.results.size());
        outputs.clear();
      }
      result.outputs.assign(callee.outputs.size(), ir::kNoId);
    }
    for (std::size_t i = 0; i < call.results.size(); ++i) {
      if (call.results[i].text == "_") continue;
      LocalName local;
      local.name = call.results[i].text;
      local.span = call.results[i].span;
      if (i < outputs.size()) {
        local.type = Type::of(outputs[i]);
        local.vars = {frame.new_var(local.name, outputs[i])};
        result.outputs[i] = local.vars[0];
      }
      exprs.declare(std::move(local));
    }
    if (id) side.push_back(std::move(result));
  }
  return side;
}

void Properties::law(const ast::LawDecl& decl, base::Span span) {
  ir::Property property =
      start(ir::PropertyKind::kLaw, decl.name, decl.doc, decl.expectation, span);
  if (decl.has_same && decl.then) {
    ctx_.diags.report(diag::law_both_ends, decl.name.span);
  } else if (!decl.has_same && !decl.then) {
    ctx_.diags.report(diag::law_no_end, decl.name.span)
        .with_hint("`same { .. }` demands equal ends, `then e` demands e at the end");
  }
  if (decl.left.empty()) ctx_.diags.report(diag::law_empty, decl.name.span);
  if (!decl.agree.empty() && !decl.has_same)
    ctx_.diags.report(diag::agree_without_same, decl.agree[0].span);
  Frame frame(Place::kAssume);
  Exprs exprs(ctx_, frame);
  ir::Callable params;
  Signature signature;
  frame.scopes.push();
  declare_params(ctx_, frame, exprs, decl.params, false, params, signature);
  property.expr = exprs.condition(decl.assume);
  property.left = law_side(decl.left, frame, exprs);
  if (decl.has_same) property.right = law_side(decl.right, frame, exprs);
  frame.place = Place::kThen;
  property.then = exprs.condition(decl.then);
  exprs.leave_scope();
  for (const ast::Name& name : decl.agree) {
    Symbol* symbol = ctx_.globals.names.find_one(name.text);
    if (symbol != nullptr && symbol->kind == SymbolKind::kState) {
      symbol->used = true;
      property.agree.push_back(symbol->id);
    } else if (symbol != nullptr) {
      ctx_.diags.report(diag::wrong_kind, name.span, name.text, kind_noun(symbol->kind),
                        "a state function");
    } else {
      std::vector<std::string> states;
      for (const ir::State& state : ctx_.module.states)
        states.push_back(state.name);
      ctx_.report_unknown(diag::unknown_name, name, states);
    }
  }
  property.locals = std::move(frame.locals);
  ctx_.module.properties.push_back(std::move(property));
}

}  // namespace gms::gen::sema
