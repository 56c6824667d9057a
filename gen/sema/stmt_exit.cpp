// Exits and their clauses, lets, calls of procedures and returns.
#include <algorithm>

#include "gen/sema/property.h"
#include "gen/sema/stmt.h"

namespace gms::gen::sema {

ir::ClauseId Bodies::clause(const std::string& label, std::uint64_t result,
                            const ir::Citation& cite, const std::string& doc, base::Span span) {
  for (const ir::ClauseId id : clauses_) {
    const ir::Clause& other = ctx_.module.clauses[id];
    if (other.label != label) continue;
    ctx_.diags.report(diag::duplicate_label, span, owner_.name, label)
        .note(other.span, "the first one");
    break;
  }
  ir::Clause clause;
  clause.action = owner_.action;
  clause.label = label;
  clause.result = result;
  clause.cite = cite;
  clause.doc = doc;
  clause.span = span;
  ctx_.module.clauses.push_back(std::move(clause));
  clauses_.push_back(static_cast<ir::ClauseId>(ctx_.module.clauses.size() - 1));
  return clauses_.back();
}

std::optional<std::uint64_t> Bodies::errno_value(const ast::Name& name) {
  std::vector<std::string> names;
  for (const ir::EnumMember& member : ctx_.module.enums[ir::kErrnoEnum].members) {
    if (member.name == name.text && member.value != 0) return member.value;
    names.push_back(member.name);
  }
  ctx_.report_unknown(diag::unknown_errno, name, names);
  return {};
}

ir::ClauseId Bodies::exit_clause(const ast::Exit& exit, const ExitContext& where) {
  std::uint64_t result = 0;
  std::string name = "ok";
  if (exit.error) {
    const auto value = errno_value(*exit.error);
    if (!value) return ir::kNoId;
    result = *value;
    name = exit.error->text;
  } else if (owner_.action == ir::kNoId) {
    ctx_.diags.report(diag::not_in_procedure, exit.span, "'succeed'").with_hint("use `return`");
    return ir::kNoId;
  }
  const unsigned number = ++exits_by_errno_[result];
  const std::string label =
      where.label ? where.label->name.text : name + "." + std::to_string(number);
  const ir::Citation cite = citation(where.label ? where.label->cite : std::nullopt, owner_.cite);
  return clause(label, result, cite, where.doc, where.label ? where.label->name.span : exit.span);
}

std::vector<ir::Assign> Bodies::withs(const ast::Exit& exit) {
  std::vector<ir::Assign> result;
  for (const ast::With& with : exit.withs) {
    LocalName* output = frame_.scopes.find(with.output.text);
    if (owner_.action == ir::kNoId) {
      ctx_.diags.report(diag::not_in_procedure, with.output.span, "'with'");
      exprs_.infer(*with.value);
      continue;
    }
    if (output == nullptr || output->kind != LocalKind::kOutput) {
      base::Diagnostic& d =
          ctx_.diags.report(diag::not_an_output, with.output.span, with.output.text, owner_.name);
      std::vector<std::string> outputs;
      for (const ir::VarId var : callable_.outputs)
        outputs.push_back(frame_.locals[var].name);
      if (const auto meant = suggest(with.output.text, outputs))
        d.with_hint("did you mean '" + *meant + "'?");
      exprs_.infer(*with.value);
      continue;
    }
    output->assigned = true;
    if (output->type.is_poison()) continue;
    const ir::VarId var = output->vars[0];
    result.push_back({var, exprs_.check(*with.value, frame_.locals[var].type)});
  }
  return result;
}

// The names that the racers give to arguments are visible to all of the exit until the caller
// leaves the scope. Every racer gives the same ones.
std::vector<ir::Racer> Bodies::racers(const ast::Exit& exit) {
  std::vector<ir::Racer> result;
  frame_.scopes.push();
  std::vector<LocalName> bound;
  for (const ast::Racer& one : exit.racers) {
    for (const ast::Racer::Param& param : one.params) {
      const auto known = [&](const ast::Racer::Param& other) {
        return other.local.text == param.local.text;
      };
      const std::vector<ast::Racer::Param>& first = exit.racers.front().params;
      if (std::none_of(first.begin(), first.end(), known) || first.size() != one.params.size()) {
        ctx_.diags.report(diag::racer_names, one.span);
        break;
      }
    }
    if (one.params.empty() && !exit.racers.front().params.empty())
      ctx_.diags.report(diag::racer_names, one.span);
    if (auto racer = this->racer(one, bound)) result.push_back(std::move(*racer));
  }
  return result;
}

// Actions may be declared further down: their parameters are read from the tree.
std::optional<ir::Racer> Bodies::racer(const ast::Racer& racer, std::vector<LocalName>& bound) {
  const std::optional<ir::ActionId> action = find_action(ctx_, racer.action);
  if (!action) return std::nullopt;
  const ast::ActionDecl* decl = nullptr;
  for (const ast::Item& item : ctx_.file.items) {
    const auto* one = std::get_if<ast::ActionDecl>(&item.node);
    if (one != nullptr && one->name.text == racer.action.text) decl = one;
  }
  if (decl == nullptr) return std::nullopt;
  ir::Racer result;
  result.action = *action;
  bool failed = false;
  for (const ast::Racer::Param& written : racer.params) {
    std::size_t at = 0;
    Type type = Type::poison();
    bool found = false;
    std::vector<std::string> names;
    for (const ast::ParamDef& param : decl->params) {
      const Type resolved = ctx_.resolve(param.type);
      names.push_back(param.name.text);
      if (param.name.text == written.param.text) {
        type = resolved;
        found = true;
        break;
      }
      at += resolved.shape == Shape::kStruct
                ? ctx_.globals.structs[resolved.structure].fields.size()
            : resolved.shape == Shape::kRange ? 2
                                              : 1;
    }
    if (!found) {
      base::Diagnostic& d = ctx_.diags.report(diag::unknown_arg, written.param.span,
                                              racer.action.text, written.param.text);
      if (const auto meant = suggest(written.param.text, names))
        d.with_hint("did you mean '" + *meant + "'?");
    } else if (!type.is_scalar() && !type.is_poison()) {
      ctx_.diags.report(diag::declared_type, written.param.span, ctx_.name_of(type),
                        "a racer's argument");
    }
    if (!type.is_scalar()) {
      failed = true;
      continue;
    }
    auto local = std::find_if(bound.begin(), bound.end(), [&](const LocalName& other) {
      return other.name == written.local.text;
    });
    if (local == bound.end()) {
      LocalName name;
      name.name = written.local.text;
      name.span = written.local.span;
      name.kind = LocalKind::kBinder;
      name.type = type;
      name.vars = {frame_.new_var(name.name, type.scalar)};
      exprs_.declare(name);
      local = bound.insert(bound.end(), std::move(name));
    } else if (!(local->type.scalar == type.scalar)) {
      ctx_.diags.report(diag::type_mismatch, written.local.span, ctx_.name_of(local->type),
                        ctx_.name_of(type));
      failed = true;
      continue;
    }
    if (at >= result.vars.size()) result.vars.resize(at + 1, ir::kNoId);
    result.vars[at] = local->vars[0];
  }
  result.cond = exprs_.condition(racer.cond);
  if (failed) return std::nullopt;
  return result;
}

// `fail E with x = f(p) if some p in r : c`: the least p is named by a let before the guard.
bool Bodies::witness(const ast::Exit& exit, ir::ClauseId clause, ir::Guard& guard, ir::Block& out) {
  if (!exit.cond || exit.withs.empty()) return false;
  const auto* some = std::get_if<ast::QuantExpr>(&exit.cond->node);
  if (some == nullptr || some->kind != ast::QuantKind::kSome || some->binders.size() != 1)
    return false;
  const ast::Binder& written = some->binders[0];
  if (written.sort) {
    const Symbol* sort = ctx_.globals.names.find_one(written.sort->text);
    if (sort == nullptr || sort->kind != SymbolKind::kIndexSort) return false;
  }
  bool failed = false;
  std::vector<ir::Binder> list = exprs_.binders(some->binders, &failed);
  const ir::ExprId body = exprs_.condition(*some->body);
  exprs_.leave_scope();
  LocalName name;
  name.name = written.name.text;
  name.span = written.name.span;
  name.kind = LocalKind::kHidden;
  if (!failed && body != ir::kNoId) {
    const ir::Type index = list[0].type;
    const ir::Type type = with_optional(index, true);
    const ir::ExprId first =
        build_.quantifier(ir::Op::kFirst, type, std::move(list), body, exit.cond->span);
    const std::string label =
        clause == ir::kNoId ? std::string("exit") : ctx_.module.clauses[clause].label;
    const ir::VarId var = frame_.new_var(label + "." + name.name, type);
    push(out, ir::Let{var, first}, exit.cond->span);
    guard.cond = build_.is_some(build_.var(var, type, exit.cond->span), exit.cond->span);
    name.type = Type::of(index);
    name.vars = {var};
    name.unwrap = true;
  }
  frame_.scopes.push();
  exprs_.declare(std::move(name));
  guard.with = withs(exit);
  exprs_.leave_scope();
  return true;
}

void Bodies::exit(const ast::Exit& exit, const ExitContext& where, ir::Block& out) {
  ir::Guard guard;
  guard.clause = exit_clause(exit, where);
  guard.may = exit.may;
  guard.raced = exit.raced;
  if (!exit.racers.empty()) {
    guard.cond = exprs_.condition(exit.cond);
    guard.racers = racers(exit);
    guard.with = withs(exit);
    exprs_.leave_scope();
  } else if (!witness(exit, guard.clause, guard, out)) {
    guard.cond = exprs_.condition(exit.cond);
    guard.with = withs(exit);
  }
  push(out, std::move(guard), where.span);
}

void Bodies::let(const ast::LetStmt& let, const ExitContext& where, ir::Block& out) {
  if (let.otherwise) {
    let_else(let, where, out);
    return;
  }
  if (where.label) ctx_.diags.report(diag::let_pattern_label, where.label->name.span);
  LocalName local;
  local.name = let.name.text;
  local.span = let.name.span;
  Value value;
  Type type;
  if (let.type) {
    type = ctx_.resolve(*let.type);
    const bool hinted = type.is_scalar() || type.shape == Shape::kRange;
    value = exprs_.infer(*let.value, hinted ? &type.scalar : nullptr);
  } else {
    value = exprs_.infer(*let.value);
    const bool untyped = value.type.shape == Shape::kLiteral || value.type.shape == Shape::kNone;
    if (untyped) value = exprs_.infer_scalar(*let.value);
    type = value.type;
  }
  const std::vector<ir::ExprId> parts = exprs_.coerce_all(value, type);
  local.type = type;
  std::vector<std::string> suffixes = {""};
  if (type.shape == Shape::kRange) suffixes = {".lo", ".hi"};
  if (type.shape == Shape::kStruct) {
    suffixes.clear();
    for (const StructField& field : ctx_.globals.structs[type.structure].fields)
      suffixes.push_back("." + field.name);
  }
  if (parts.size() == suffixes.size()) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const ir::VarId var = frame_.new_var(local.name + suffixes[i], build_.type(parts[i]));
      local.vars.push_back(var);
      push(out, ir::Let{var, parts[i]}, where.span);
    }
  } else {
    local.type = Type::poison();
  }
  exprs_.declare(std::move(local));
}

// The optional value, the exit when it is none, and what is in it.
void Bodies::let_else(const ast::LetStmt& let, const ExitContext& where, ir::Block& out) {
  const ast::Exit& otherwise = *let.otherwise;
  ir::Guard guard;
  guard.clause = exit_clause(otherwise, where);
  guard.may = otherwise.may;
  guard.raced = otherwise.raced;
  if (!otherwise.racers.empty()) {
    guard.racers = racers(otherwise);
    exprs_.leave_scope();
  }
  if (otherwise.cond) {
    ctx_.diags.report(diag::else_condition, otherwise.cond->span)
        .with_hint("write a `fail .. if ..` of its own");
  }
  Type wanted = Type::poison();
  Value value;
  if (let.type) {
    wanted = ctx_.resolve(*let.type);
    ir::Type hint = wanted.scalar;
    hint.optional = true;
    value = exprs_.infer(*let.value, wanted.is_scalar() ? &hint : nullptr);
  } else {
    value = exprs_.infer_scalar(*let.value);
  }
  if (!value.is_poison() && !value.type.is_optional()) {
    ctx_.diags.report(diag::not_optional, value.span, ctx_.name_of(value.type))
        .with_hint("`let .. else` is for optional values");
    value = Value{};
  }
  LocalName local;
  local.name = let.name.text;
  local.span = let.name.span;
  if (value.is_poison()) {
    guard.with = withs(otherwise);
    exprs_.declare(std::move(local));
    return;
  }
  const ir::Type optional = value.type.scalar;
  const ir::VarId whole = frame_.new_var(local.name + ".opt", optional);
  push(out, ir::Let{whole, value.id}, where.span);
  const auto read = [&] { return build_.var(whole, optional, value.span); };
  guard.cond = build_.negate(build_.is_some(read(), value.span), value.span);
  guard.with = withs(otherwise);
  push(out, std::move(guard), where.span);
  Value inner = value;
  inner.id = build_.unwrap(read(), value.span);
  inner.type = Type::of(build_.type(inner.id));
  local.type = let.type ? wanted : inner.type;
  const std::vector<ir::ExprId> parts = exprs_.coerce_all(inner, local.type);
  if (parts.size() == 1) {
    local.vars = {frame_.new_var(local.name, local.type.scalar)};
    push(out, ir::Let{local.vars[0], parts[0]}, where.span);
  } else {
    local.type = Type::poison();
  }
  exprs_.declare(std::move(local));
}

void Bodies::call(const ast::CallStmt& call, base::Span span, ir::Block& out) {
  Symbol* symbol = ctx_.globals.callables.find_one(call.proc.text);
  ir::ProcId proc = ir::kNoId;
  if (symbol == nullptr) {
    std::vector<std::string> known;
    for (const auto& [name, symbols] : ctx_.globals.callables.all())
      if (symbols.front().kind == SymbolKind::kProc) known.push_back(name);
    base::Diagnostic& d =
        ctx_.diags.report(diag::unknown_callable, call.proc.span, "procedure", call.proc.text);
    if (const auto meant = suggest(call.proc.text, known))
      d.with_hint("did you mean '" + *meant + "'?");
  } else if (symbol->kind != SymbolKind::kProc) {
    ctx_.diags
        .report(diag::wrong_kind, call.proc.span, call.proc.text, kind_noun(symbol->kind),
                "a procedure")
        .note(symbol->span, "declared here");
  } else {
    symbol->used = true;
    proc = ctx_.on_demand->procedure(symbol->id, call.proc.span);
  }
  ir::Call result;
  result.proc = proc;
  std::vector<ir::Type> types;
  if (proc != ir::kNoId) {
    const Exprs::Args args = exprs_.arguments(ctx_.procs[proc], call.args, span, false);
    result.args = args.flat;
    const ir::Callable& callee = ctx_.module.procs[proc];
    for (const ir::VarId var : callee.outputs)
      types.push_back(callee.locals[var].type);
    if (!call.results.empty() && call.results.size() != types.size()) {
      ctx_.diags.report(diag::result_count, span, call.proc.text, types.size(), call.results.size())
          .note(symbol->span, "declared here");
      types.clear();
    }
  } else {
    for (const ast::Arg& arg : call.args)
      if (arg.value) exprs_.infer(*arg.value);
  }
  for (std::size_t i = 0; i < call.results.size(); ++i) {
    if (i < types.size()) {
      result.results.push_back(declare(call.results[i], types[i], LocalKind::kLet));
    } else {
      LocalName local;
      local.name = call.results[i].text;
      local.span = call.results[i].span;
      exprs_.declare(std::move(local));
    }
  }
  if (call.results.empty()) {
    for (std::size_t i = 0; i < types.size(); ++i)
      result.results.push_back(frame_.new_var(call.proc.text + "." + std::to_string(i), types[i]));
  }
  push(out, std::move(result), span);
}

void Bodies::give_back(const ast::ReturnStmt& stmt, base::Span span, ir::Block& out) {
  ir::Return result;
  if (owner_.action != ir::kNoId) {
    ctx_.diags.report(diag::return_misplaced, span).with_hint("an action ends with `succeed`");
    return;
  }
  const std::size_t wanted = callable_.outputs.size();
  if (stmt.values.empty()) {
    for (const ir::VarId var : callable_.outputs)
      result.values.push_back(build_.var(var, frame_.locals[var].type, span));
  } else if (stmt.values.size() != wanted) {
    ctx_.diags.report(diag::return_count, span, owner_.name, wanted, stmt.values.size());
    for (const ast::ExprPtr& value : stmt.values)
      exprs_.infer(*value);
  } else {
    for (std::size_t i = 0; i < wanted; ++i)
      result.values.push_back(
          exprs_.check(*stmt.values[i], frame_.locals[callable_.outputs[i]].type));
  }
  result.cond = exprs_.condition(stmt.cond);
  push(out, std::move(result), span);
}

}  // namespace gms::gen::sema
