#include "gen/sema/event.h"

#include <algorithm>
#include <type_traits>

#include "gen/sema/property.h"
#include "gen/sema/stmt.h"

namespace gms::gen::sema {

void Events::run() {
  for (const ast::Item& item : ctx_.file.items)
    if (const auto* decl = std::get_if<ast::EventDecl>(&item.node)) event(*decl, item.span);
}

void Events::event(const ast::EventDecl& decl, base::Span span) {
  Building b;
  b.frame.warn_shadowing = false;  // the names are those of the log, not the author's choice
  b.event.op = decl.name.text;
  b.event.ignored = decl.ignored;
  b.event.doc = decl.doc;
  b.event.span = span;
  for (const ast::EventField& one : decl.fields)
    field(one, b);
  for (std::size_t i = 0; i < decl.fields.size(); ++i)
    field_rules(decl.fields[i], i, b);
  b.event.body = block(decl.body, b);
  b.event.locals = std::move(b.frame.locals);
  ctx_.module.events.push_back(std::move(b.event));
}

std::vector<ir::EventStmt> Events::block(const ast::EventBlock& statements, Building& b) {
  std::vector<ir::EventStmt> result;
  for (const ast::EventStmt& stmt : statements) {
    std::optional<ir::EventStmt> made = std::visit(
        [&](const auto& node) -> std::optional<ir::EventStmt> {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (std::is_same_v<Node, ast::EventCall>) {
            return call(node, stmt.span, b);
          } else if constexpr (std::is_same_v<Node, ast::EventIf>) {
            ir::EventStmt::Branch branch;
            branch.cond = condition(node.cond, b);
            branch.then_body = block(node.then_body, b);
            branch.else_body = block(node.else_body, b);
            return ir::EventStmt{std::move(branch), stmt.span};
          } else if constexpr (std::is_same_v<Node, ast::EventFor>) {
            return for_each(node, stmt.span, b);
          } else {
            static_assert(std::is_same_v<Node, ast::EventReject>);
            return ir::EventStmt{ir::EventStmt::Reject{node.why.value}, stmt.span};
          }
        },
        stmt.node);
    if (made) result.push_back(std::move(*made));
  }
  return result;
}

std::vector<ir::ExprId> Events::arguments(const Signature& callee, ir::ActionId action,
                                          const std::vector<ast::Arg>& args, base::Span span,
                                          Building& b) {
  Exprs exprs(ctx_, b.frame);
  const Exprs::Args made = exprs.arguments(callee, args, span, true);
  for (std::size_t i = 0; i < made.flat.size() && !made.failed; ++i) {
    const bool unlogged = made.any[i] || mentions(ctx_.module, made.flat[i], b.unlogged);
    if (!unlogged) continue;
    const base::Span where = made.any[i] ? span : ctx_.build.at(made.flat[i]).span;
    unlogged_args_.push_back({action, i, where});
  }
  return made.flat;
}

ir::ExprId Events::condition(const ast::ExprPtr& written, Building& b) {
  const ir::ExprId id = Exprs(ctx_, b.frame).condition(written);
  for (const ir::VarId var : b.unlogged) {
    if (!mentions(ctx_.module, id, {var})) continue;
    ctx_.diags.report(diag::condition_unlogged, written->span, b.frame.locals[var].name);
    break;
  }
  return id;
}

std::optional<ir::EventStmt> Events::call(const ast::EventCall& written, base::Span span,
                                          Building& b) {
  Exprs exprs(ctx_, b.frame);
  const auto action = find_action(ctx_, written.action);
  if (!action) {
    for (const ast::Arg& arg : written.args)
      if (arg.value) exprs.infer(*arg.value);
    return {};
  }
  ir::EventCall result;
  result.action = *action;
  result.args = arguments(ctx_.actions[*action], *action, written.args, span, b);
  for (const auto& one : written.observes) {
    if (const auto* value = std::get_if<ast::Observe>(&one))
      observe(*value, result, b);
    else
      observe_named(std::get<ast::ObserveNamed>(one), result, b);
  }
  return ir::EventStmt{std::move(result), span};
}

std::optional<std::uint32_t> Events::output_of(const ast::Name& name, ir::ActionId action) {
  const ir::Action& callee = ctx_.module.actions[action];
  std::vector<std::string> names = {"result"};
  for (std::uint32_t i = 0; i < callee.outputs.size(); ++i) {
    names.push_back(callee.locals[callee.outputs[i]].name);
    if (names.back() == name.text) return i;
  }
  base::Diagnostic& d = ctx_.diags.report(diag::observe_unknown, name.span, callee.name, name.text);
  d.note(callee.span, "declared here");
  if (const auto meant = suggest(name.text, names)) d.with_hint("did you mean '" + *meant + "'?");
  return {};
}

void Events::observe(const ast::Observe& written, ir::EventCall& result, Building& b) {
  Exprs exprs(ctx_, b.frame);
  ir::EventCall::Observe made;
  ir::Type type = errno_type(ctx_.module);
  if (written.output) {
    const auto output = output_of(*written.output, result.action);
    if (!output) {
      exprs.infer(*written.value);
      exprs.condition(written.cond);
      return;
    }
    const ir::Action& callee = ctx_.module.actions[result.action];
    type = callee.locals[callee.outputs[*output]].type;
    made.output = *output;
  }
  for (const ir::EventCall::Observe& other : result.observes) {
    if (other.output != made.output || written.cond || other.when != ir::kNoId) continue;
    ctx_.diags.report(diag::observed_twice, written.span,
                      written.output ? written.output->text : "result");
    break;
  }
  made.value = exprs.check(*written.value, type);
  made.when = condition(written.cond, b);
  result.observes.push_back(made);
}

void Events::observe_named(const ast::ObserveNamed& written, ir::EventCall& result, Building& b) {
  const auto output = output_of(written.output, result.action);
  std::uint32_t field = 0;
  while (field < b.event.fields.size() && b.event.fields[field].name != written.field.text)
    ++field;
  if (field == b.event.fields.size()) {
    std::vector<std::string> names;
    for (const ir::EventField& one : b.event.fields)
      names.push_back(one.name);
    ctx_.report_unknown(diag::unknown_name, written.field, names);
    return;
  }
  if (!b.domains[field]) {
    ctx_.diags.report(diag::named_not_name, written.field.span, written.field.text);
    return;
  }
  if (!output) return;
  const ir::Action& callee = ctx_.module.actions[result.action];
  const ir::Type& type = callee.locals[callee.outputs[*output]].type;
  if (type.kind != ir::TypeKind::kHandle || type.decl != *b.domains[field]) {
    ctx_.diags.report(diag::named_not_handle, written.output.span, written.output.text,
                      ctx_.name_of(type), ctx_.module.domains[*b.domains[field]].name);
    return;
  }
  result.binds.push_back({*output, field});
}

std::optional<ir::EventStmt> Events::for_each(const ast::EventFor& loop, base::Span span,
                                              Building& b) {
  ir::EventStmt::ForEach result;
  while (result.field < b.event.fields.size() &&
         b.event.fields[result.field].name != loop.field.text)
    ++result.field;
  const bool is_array = result.field < b.event.fields.size() &&
                        b.event.fields[result.field].kind == ir::FieldKind::kArray;
  if (!is_array) ctx_.diags.report(diag::not_an_array, loop.field.span, loop.field.text);
  b.frame.scopes.push();
  const ir::Type index = int_type(64);
  LocalName name;
  name.name = loop.index.text;
  name.type = Type::of(index);
  name.span = loop.index.span;
  name.kind = LocalKind::kField;
  name.vars = {b.frame.new_var(name.name, index)};
  result.index = name.vars[0];
  b.frame.scopes.add(std::move(name));
  if (is_array)
    for (const LocalName& column : b.columns[result.field])
      b.frame.scopes.add(column);
  result.body = block(loop.body, b);
  b.frame.scopes.pop([](const LocalName&) {});
  if (!is_array) return {};
  return ir::EventStmt{std::move(result), span};
}

}  // namespace gms::gen::sema
