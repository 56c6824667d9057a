// Assignments: to an output, or simultaneous updates of state. `*` and ranges among the keys become
// binders of the update.
#include <algorithm>

#include "gen/sema/stmt.h"

namespace gms::gen::sema {

namespace {

std::string_view local_noun(LocalKind kind) {
  switch (kind) {
    case LocalKind::kParam: return "a parameter";
    case LocalKind::kOutput: return "an output";
    case LocalKind::kLet: return "a let";
    case LocalKind::kBinder: return "a binder";
    case LocalKind::kCreated: return "a created handle";
    case LocalKind::kField: return "a field";
    case LocalKind::kHidden: return "a witness";
  }
  return "";
}

bool same_expr(const ir::Module& module, ir::ExprId a, ir::ExprId b) {
  if (a == b) return true;
  const ir::Expr &x = module.exprs[a], &y = module.exprs[b];
  if (x.op != y.op || !(x.type == y.type) || x.value != y.value || x.ref != y.ref ||
      x.args.size() != y.args.size() || x.binders != y.binders)
    return false;
  for (std::size_t i = 0; i < x.args.size(); ++i)
    if (!same_expr(module, x.args[i], y.args[i])) return false;
  return true;
}

}  // namespace

void Bodies::assign(const ast::AssignStmt& stmt, base::Span span, ir::Block& out) {
  const ast::Lvalue& target = stmt.assign.target;
  if (target.keys.empty()) {
    if (LocalName* local = frame_.scopes.find(target.name.text)) {
      assign_local(stmt, *local, span, out);
      return;
    }
  }
  update(stmt.binders, stmt.where, {&stmt.assign}, span, out);
}

void Bodies::assign_local(const ast::AssignStmt& stmt, LocalName& local, base::Span span,
                          ir::Block& out) {
  const ast::Name& name = stmt.assign.target.name;
  if (local.kind != LocalKind::kOutput) {
    ctx_.diags.report(diag::not_assignable, name.span, name.text, local_noun(local.kind))
        .note(local.span, "declared here");
    if (stmt.assign.value) exprs_.infer(*stmt.assign.value);
    return;
  }
  if (!stmt.binders.empty()) {
    ctx_.diags.report(diag::not_assignable, name.span, name.text, "an output, which has no points")
        .note(local.span, "declared here");
    return;
  }
  local.assigned = true;
  const Type type = local.type;
  if (!stmt.assign.value) {
    ctx_.diags.report(diag::any_local, stmt.assign.span)
        .with_hint("let the environment choose: choose n : T");
    return;
  }
  if (type.is_poison()) {
    exprs_.infer(*stmt.assign.value);
    return;
  }
  const ir::VarId var = local.vars[0];
  push(out, ir::Assign{var, exprs_.check(*stmt.assign.value, type.scalar)}, span);
}

void Bodies::for_each(const ast::ForStmt& stmt, base::Span span, ir::Block& out) {
  std::vector<const ast::PointAssign*> assigns;
  for (const ast::PointAssign& assign : stmt.assigns)
    assigns.push_back(&assign);
  update(stmt.binders, stmt.where, assigns, span, out);
}

void Bodies::update(const std::vector<ast::Binder>& binders, const ast::ExprPtr& where,
                    const std::vector<const ast::PointAssign*>& assigns, base::Span span,
                    ir::Block& out) {
  ir::Update result;
  bool failed = false;
  result.binders = exprs_.binders(binders, &failed);
  const std::size_t written = result.binders.size();
  result.where = exprs_.condition(where);
  for (const ast::PointAssign* assign : assigns) {
    if (auto one = point(*assign, result))
      result.assigns.push_back(std::move(*one));
    else
      failed = true;
  }
  exprs_.leave_scope();
  if (assigns.empty()) {
    ctx_.diags.report(diag::empty_for, span);
    failed = true;
  }
  if (failed) return;
  check_keys(result, written, span);
  push(out, std::move(result), span);
}

std::optional<ir::Update::One> Bodies::point(const ast::PointAssign& assign, ir::Update& update) {
  const ast::Lvalue& target = assign.target;
  Symbol* symbol = ctx_.globals.names.find_one(target.name.text);
  if (symbol == nullptr || symbol->kind != SymbolKind::kState) {
    std::vector<std::string> known;
    for (const ir::State& state : ctx_.module.states)
      known.push_back(state.name);
    for (const ir::VarId var : callable_.outputs)
      known.push_back(frame_.locals[var].name);
    if (const LocalName* local = frame_.scopes.find(target.name.text)) {
      ctx_.diags
          .report(diag::not_assignable, target.span, target.name.text,
                  local->kind == LocalKind::kOutput ? "an output, which has no points"
                                                    : local_noun(local->kind))
          .note(local->span, "declared here");
    } else if (symbol != nullptr) {
      ctx_.diags
          .report(diag::not_assignable, target.span, target.name.text, kind_noun(symbol->kind))
          .note(symbol->span, "declared here");
    } else {
      ctx_.report_unknown(diag::unknown_name, target.name, known);
    }
    for (const ast::Key& key : target.keys)
      if (key.value) exprs_.infer(*key.value);
    if (assign.value) exprs_.infer(*assign.value);
    return {};
  }
  symbol->used = true;
  if (ctx_.bad_states.count(symbol->id) != 0) {
    for (const ast::Key& key : target.keys)
      if (key.value) exprs_.infer(*key.value);
    if (assign.value) exprs_.infer(*assign.value);
    return {};
  }
  ir::Update::One one;
  one.state = symbol->id;
  const std::vector<ir::Type> types = ctx_.module.states[symbol->id].keys;
  if (types.size() != target.keys.size()) {
    ctx_.diags
        .report(diag::wrong_key_count, target.span, target.name.text, types.size(),
                target.keys.size())
        .note(symbol->span, "declared here");
    return {};
  }
  bool failed = false;
  for (std::size_t i = 0; i < types.size(); ++i) {
    one.keys.push_back(key(target.keys[i], types[i], update));
    failed |= one.keys.back() == ir::kNoId;
  }
  if (assign.value) {
    one.value = exprs_.check(*assign.value, ctx_.module.states[symbol->id].type);
    failed |= one.value == ir::kNoId;
  } else {
    ctx_.any_writes.push_back({symbol->id, assign.span});
  }
  if (failed) return {};
  return one;
}

ir::ExprId Bodies::key(const ast::Key& key, const ir::Type& type, ir::Update& update) {
  if (!key.value) {
    return fresh_key(type, ir::kNoId, ir::kNoId, key.span, update);
  }
  const Value value = exprs_.infer(*key.value, &type);
  if (value.type.shape != Shape::kRange) return exprs_.coerce(value, type);
  if (!(value.type.scalar == type)) {
    ctx_.diags.report(diag::type_mismatch, key.span, ctx_.name_of(type), ctx_.name_of(value.type));
    return ir::kNoId;
  }
  return fresh_key(type, value.parts[0], value.parts[1], key.span, update);
}

ir::ExprId Bodies::fresh_key(const ir::Type& type, ir::ExprId lo, ir::ExprId hi, base::Span span,
                             ir::Update& update) {
  std::string name = "any";
  switch (type.kind) {
    case ir::TypeKind::kBool:
    case ir::TypeKind::kInt:
    case ir::TypeKind::kEnum: break;
    case ir::TypeKind::kHandle: name += "_" + ctx_.module.domains[type.decl].name; break;
    case ir::TypeKind::kIndex: name += "_" + ctx_.module.index_sorts[type.decl].name; break;
  }
  const ir::VarId var = frame_.new_var(name, type);
  update.binders.push_back({var, type, lo, hi});
  return build_.var(var, type, span);
}

void Bodies::check_keys(const ir::Update& update, std::size_t written_binders, base::Span span) {
  std::vector<ir::VarId> all;
  for (const ir::Binder& binder : update.binders)
    all.push_back(binder.var);
  for (const ir::Update::One& one : update.assigns) {
    std::vector<ir::VarId> used;
    for (const ir::ExprId key : one.keys) {
      const ir::Expr& node = build_.at(key);
      const bool is_binder =
          node.op == ir::Op::kVar && std::find(all.begin(), all.end(), node.ref) != all.end();
      if (is_binder) {
        if (std::find(used.begin(), used.end(), node.ref) != used.end())
          ctx_.diags.report(diag::binder_twice, node.span, frame_.locals[node.ref].name)
              .with_hint("range over both keys and put their equality into `where`");
        used.push_back(node.ref);
      } else if (mentions(ctx_.module, key, all)) {
        ctx_.diags.report(diag::key_mixes_binder, node.span)
            .with_hint("range over the key itself and put the arithmetic into `where`");
      }
    }
    for (std::size_t i = 0; i < written_binders; ++i) {
      const ir::VarId var = update.binders[i].var;
      const bool is_key = std::find(used.begin(), used.end(), var) != used.end();
      if (is_key || !mentions(ctx_.module, one.value, {var})) continue;
      ctx_.diags.report(diag::binder_not_key, build_.at(one.value).span, frame_.locals[var].name,
                        ctx_.module.states[one.state].name);
    }
  }
  for (std::size_t i = 0; i < update.assigns.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const ir::Update::One &a = update.assigns[i], &b = update.assigns[j];
      if (a.state != b.state) continue;
      bool same = true;
      for (std::size_t k = 0; k < a.keys.size(); ++k)
        same = same && same_expr(ctx_.module, a.keys[k], b.keys[k]);
      if (same) ctx_.diags.report(diag::clashing_writes, span, ctx_.module.states[a.state].name);
    }
  }
}

}  // namespace gms::gen::sema
