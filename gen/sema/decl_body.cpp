// Functions, procedures and actions.
#include "gen/sema/decl.h"

#include <algorithm>

namespace gms::gen::sema {

ir::FnId Declarations::function(std::uint32_t item, base::Span user) {
  const auto& decl = std::get<ast::FnDecl>(ctx_.file.items[item].node);
  if (already_busy(item, decl.name, user)) return ir::kNoId;
  if (progress_[item] == Progress::kDone) return result_[item];
  progress_[item] = Progress::kBusy;
  ++chain_;

  Frame frame(Place::kFn);
  Exprs exprs(ctx_, frame);
  ir::Callable fn;
  Signature signature;
  fn.name = signature.name = decl.name.text;
  signature.span = decl.name.span;
  fn.doc = decl.doc;
  fn.span = ctx_.file.items[item].span;
  frame.scopes.push();
  declare_params(ctx_, frame, exprs, decl.params, false, fn, signature);
  const Type type = ctx_.resolve(decl.type);
  if (type.is_scalar()) {
    fn.expr = exprs.check(*decl.value, type.scalar);
  } else if (!type.is_poison()) {
    ctx_.diags.report(diag::declared_type, decl.type.span, ctx_.name_of(type),
                      "a function's value");
  }
  exprs.leave_scope();
  fn.locals = std::move(frame.locals);
  ctx_.module.fns.push_back(std::move(fn));
  ctx_.fns.push_back(std::move(signature));
  result_[item] = static_cast<ir::FnId>(ctx_.module.fns.size() - 1);
  progress_[item] = Progress::kDone;
  --chain_;
  return result_[item];
}

ir::ProcId Declarations::procedure(std::uint32_t item, base::Span user) {
  const auto& decl = std::get<ast::ProcDecl>(ctx_.file.items[item].node);
  if (already_busy(item, decl.name, user)) return ir::kNoId;
  if (progress_[item] == Progress::kDone) return result_[item];
  progress_[item] = Progress::kBusy;
  ++chain_;

  Frame frame(Place::kBody);
  Exprs exprs(ctx_, frame);
  ir::Callable proc;
  Signature signature;
  proc.name = signature.name = decl.name.text;
  signature.span = decl.name.span;
  proc.doc = decl.doc;
  proc.span = ctx_.file.items[item].span;
  proc.cite = citation(decl.cite, {});
  frame.scopes.push();
  declare_params(ctx_, frame, exprs, decl.params, false, proc, signature);
  declare_outputs(ctx_, frame, exprs, decl.returns, proc);
  Bodies bodies(ctx_, frame, exprs, proc, {decl.name.text, ir::kNoId, proc.cite});
  bodies.body(decl.body, proc.body);
  bodies.return_at_end(proc.body, decl.name.span);
  exprs.leave_scope();
  proc.locals = std::move(frame.locals);
  ctx_.module.procs.push_back(std::move(proc));
  ctx_.procs.push_back(std::move(signature));
  result_[item] = static_cast<ir::ProcId>(ctx_.module.procs.size() - 1);
  for (const ir::ClauseId clause : bodies.clauses())
    ctx_.module.clauses[clause].proc = result_[item];
  progress_[item] = Progress::kDone;
  --chain_;
  return result_[item];
}

void Declarations::action(const ast::ActionDecl& decl, ir::ActionId id) {
  Frame frame(Place::kBody);
  Exprs exprs(ctx_, frame);
  ir::Action action;
  Signature signature;
  action.name = signature.name = decl.name.text;
  signature.span = decl.name.span;
  action.doc = decl.doc;
  action.span = decl.name.span;
  action.cite = citation(decl.cite, {});
  action.hidden = decl.hidden_budget.has_value();
  if (decl.hidden_budget) {
    constexpr std::uint64_t kMost = 0xffffffff;
    action.budget = static_cast<std::uint32_t>(std::min(*decl.hidden_budget, kMost));
  }
  frame.scopes.push();
  declare_params(ctx_, frame, exprs, decl.params, true, action, signature);
  declare_outputs(ctx_, frame, exprs, decl.returns, action);
  Bodies bodies(ctx_, frame, exprs, action, {decl.name.text, id, action.cite});
  bodies.body(decl.body, action.body);
  if (falls_through(ctx_.module, action.body))
    action.ok_clause = bodies.clause("ok", 0, action.cite, "", decl.name.span);

  // Properties may still use what the body does not: the check for unused names comes last.
  std::vector<LocalName> names;
  frame.scopes.pop([&](const LocalName& local) { names.push_back(local); });
  names.insert(names.end(), bodies.exported().begin(), bodies.exported().end());
  action.locals = std::move(frame.locals);
  ctx_.module.actions.push_back(std::move(action));
  ctx_.actions.push_back(std::move(signature));
  ctx_.action_names.push_back(std::move(names));
}

}  // namespace gms::gen::sema
