// Choices of the environment, handles that come and go, and the structure of the stepwise reading.
#include <algorithm>
#include <set>

#include "gen/sema/stmt.h"
#include "ir/walk.h"

namespace gms::gen::sema {

void Bodies::choose(const ast::ChooseStmt& stmt, base::Span span, ir::Block& out) {
  const Type type = ctx_.resolve(stmt.type);
  ir::Choose result;
  bool failed = !type.is_scalar();
  if (!failed && type.scalar.optional) failed = true;
  if (failed && !type.is_poison())
    ctx_.diags.report(diag::declared_type, stmt.type.span, ctx_.name_of(type), "a choice");
  if (stmt.range) {
    const Value range = exprs_.infer_range(*stmt.range, failed ? nullptr : &type.scalar);
    if (!range.is_poison() && !failed) {
      Value end = range;
      end.type = Type::of(range.type.scalar);
      end.id = range.parts[0];
      result.lo = exprs_.coerce(end, type.scalar);
      end.id = range.parts[1];
      if (result.lo != ir::kNoId) result.hi = exprs_.coerce(end, type.scalar);
    }
  }
  if (failed) {
    LocalName local;
    local.name = stmt.name.text;
    local.span = stmt.name.span;
    exprs_.declare(std::move(local));
  } else {
    result.var = declare(stmt.name, type.scalar, LocalKind::kLet);
  }
  result.cond = exprs_.condition(stmt.where);
  push(out, result, span);
}

void Bodies::create(const ast::CreateStmt& stmt, base::Span span, ir::Block& out) {
  const auto type = ctx_.resolve_scalar(stmt.domain);
  if (type && type->kind != ir::TypeKind::kHandle)
    ctx_.diags.report(diag::wrong_kind, stmt.domain.span, stmt.domain.text, "a type of values",
                      "a domain");
  if (!type || type->kind != ir::TypeKind::kHandle) {
    LocalName local;
    local.name = stmt.name.text;
    local.span = stmt.name.span;
    exprs_.declare(std::move(local));
    return;
  }
  push(out, ir::Create{declare(stmt.name, *type, LocalKind::kCreated)}, span);
}

void Bodies::destroy(const ast::DestroyStmt& stmt, base::Span span, ir::Block& out) {
  const Value value = exprs_.infer_scalar(*stmt.handle);
  if (value.is_poison()) return;
  if (value.type.scalar.kind != ir::TypeKind::kHandle || value.type.is_optional()) {
    ctx_.diags.report(diag::operand_type, value.span, "destroy", ctx_.name_of(value.type));
    return;
  }
  push(out, ir::Destroy{value.id}, span);
}

std::optional<ir::Acquire> Bodies::lock(const ast::Name& name, bool exclusive,
                                        const std::vector<ast::ExprPtr>& keys, base::Span span) {
  Symbol* symbol = ctx_.globals.locks.find_one(name.text);
  if (symbol == nullptr) {
    base::Diagnostic& d = ctx_.diags.report(diag::unknown_callable, name.span, "lock", name.text);
    if (const auto meant = suggest(name.text, ctx_.globals.locks.names()))
      d.with_hint("did you mean '" + *meant + "'?");
    for (const ast::ExprPtr& key : keys)
      exprs_.infer(*key);
    return {};
  }
  symbol->used = true;
  const ir::Lock& declared = ctx_.module.locks[symbol->id];
  if (!exclusive && !declared.shared_mode) {
    ctx_.diags.report(diag::lock_mode, name.span, name.text)
        .note(declared.span, "declared here")
        .with_hint("declare it `rw lock`");
  }
  if (keys.size() != declared.keys.size()) {
    ctx_.diags.report(diag::wrong_key_count, span, name.text, declared.keys.size(), keys.size())
        .note(declared.span, "declared here");
    return {};
  }
  ir::Acquire result;
  result.lock = symbol->id;
  result.exclusive = exclusive;
  for (std::size_t i = 0; i < keys.size(); ++i)
    result.keys.push_back(exprs_.check(*keys[i], declared.keys[i]));
  // A key with a mistake in it, which has been reported.
  if (std::find(result.keys.begin(), result.keys.end(), ir::kNoId) != result.keys.end()) return {};
  return result;
}

void Bodies::hold(const ast::HoldStmt& stmt, base::Span span, ir::Block& out) {
  const auto acquired = lock(stmt.lock, stmt.exclusive, stmt.keys, span);
  if (acquired) push(out, *acquired, span);
  block(stmt.body, out, Scope::kExported);
  // A body that always leaves has released the lock on its way out.
  if (acquired && falls_through(ctx_.module, out)) {
    std::vector<ir::ExprId> keys;
    for (const ir::ExprId key : acquired->keys)
      keys.push_back(again(ctx_, frame_, key));
    push(out, ir::Release{acquired->lock, std::move(keys)}, span);
  }
}

void Bodies::scan(const ast::ScanStmt& stmt, base::Span span, ir::Block& out) {
  if (stmt.descending) ctx_.diags.report(diag::scan_descending, span);
  bool failed = false;
  const std::vector<ir::Binder> list = exprs_.binders({stmt.binder}, &failed);
  if (!failed && list[0].type.kind != ir::TypeKind::kIndex) {
    ctx_.diags.report(diag::binder_type, stmt.binder.span, ctx_.name_of(list[0].type))
        .with_hint("a scan runs over indices");
    failed = true;
  }
  ir::Scan result;
  bool exits = !stmt.body.empty();
  for (const ast::Stmt& inner : stmt.body) {
    // A `some` inside would need its own witness; the scan's index is the one to name.
    if (const auto* inner_exit = std::get_if<ast::ExitStmt>(&inner.node)) {
      ir::Guard guard;
      const ExitContext where{inner.label, inner.doc, inner.span};
      guard.clause = exit_clause(inner_exit->exit, where);
      guard.may = inner_exit->exit.may;
      guard.raced = inner_exit->exit.raced;
      guard.cond = exprs_.condition(inner_exit->exit.cond);
      guard.with = withs(inner_exit->exit);
      if (guard.clause != ir::kNoId && result.label.empty())
        result.label = ctx_.module.clauses[guard.clause].label;
      exits = exits && !guard.may && !guard.raced && inner_exit->exit.cond;
      push(result.body, std::move(guard), inner.span);
    } else {
      exits = false;
      statement(inner, result.body);
    }
  }
  if (!exits) {
    ctx_.diags.report(diag::scan_body, span);
    failed = true;
  }
  exprs_.leave_scope();
  if (failed) return;
  result.binder = list[0];
  push(out, std::move(result), span);
}

void Bodies::each(const ast::EachStmt& stmt, const std::optional<ast::Label>& label,
                  base::Span span, ir::Block& out) {
  bool failed = false;
  const std::vector<ir::Binder> list = exprs_.binders({stmt.binder}, &failed);
  ir::Each result;
  if (label) result.label = label->name.text;
  result.where = exprs_.condition(stmt.where);
  block(stmt.body, result.body, Scope::kOwn);
  exprs_.leave_scope();
  if (failed) return;
  result.binder = list[0];
  check_each(result.body, result.where, span);
  push(out, std::move(result), span);
}

namespace {

void reads_of(const ir::Module& module, ir::ExprId id, std::set<ir::StateId>& states) {
  if (id == ir::kNoId) return;
  const ir::Expr& expr = module.exprs[id];
  if (expr.op == ir::Op::kState) states.insert(expr.ref);
  if (expr.op == ir::Op::kCall) reads_of(module, module.fns[expr.ref].expr, states);
  ir::for_each_operand(module, expr, [&](ir::ExprId arg) { reads_of(module, arg, states); });
}

}  // namespace

// Read atomically, each update of the body is an update of all points at once, which tests the
// conditions again.
void Bodies::check_each(const ir::Block& body, ir::ExprId where, base::Span span) {
  std::set<ir::StateId> read, written;
  int updates = 0;
  reads_of(ctx_.module, where, read);
  ir::for_each_stmt(ctx_.module, body, [&](ir::StmtId, const ir::Stmt& stmt) {
    if (const auto* update = std::get_if<ir::Update>(&stmt.node)) {
      ++updates;
      for (const ir::Update::One& one : update->assigns)
        written.insert(one.state);
    } else if (const auto* branch = std::get_if<ir::If>(&stmt.node)) {
      reads_of(ctx_.module, branch->cond, read);
    } else if (!std::holds_alternative<ir::Step>(stmt.node) &&
               !std::holds_alternative<ir::Acquire>(stmt.node) &&
               !std::holds_alternative<ir::Release>(stmt.node)) {
      ctx_.diags.report(diag::each_body, stmt.span);
    }
  });
  for (const ir::StateId id : read) {
    if (updates <= 1 || written.count(id) == 0) continue;
    ctx_.diags.report(diag::each_conflict, span, ctx_.module.states[id].name);
    return;
  }
}

}  // namespace gms::gen::sema
