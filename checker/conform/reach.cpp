#include "checker/conform/reach.h"

#include "ir/walk.h"

namespace gms::check {

Reach::Reach(const ir::Module& module)
    : module_(module),
      params_(module.params.size()),
      reads_(module.states.size()),
      writes_(module.states.size()),
      creates_(module.domains.size()),
      racers_(module.actions.size()),
      fns_(module.fns.size()),
      procs_(module.procs.size()),
      actions_(module.actions.size()) {}

void Reach::add_expr(ir::ExprId id) {
  if (id == ir::kNoId) return;
  const ir::Expr& node = module_.exprs[id];
  if (node.op == ir::Op::kParam) params_[node.ref] = true;
  if (node.op == ir::Op::kState) reads_[node.ref] = true;
  if (node.op == ir::Op::kCall && !fns_[node.ref]) {
    fns_[node.ref] = true;
    add_expr(module_.fns[node.ref].expr);
  }
  ir::for_each_operand(module_, node, [&](ir::ExprId arg) { add_expr(arg); });
}

void Reach::add_racers(const ir::Guard& guard) {
  races_ = true;
  for (const ir::Racer& racer : guard.racers)
    racers_[racer.action] = true;
  if (guard.racers.empty()) racers_.assign(racers_.size(), true);
}

void Reach::add_block(const ir::Block& block, const std::vector<ir::Local>& locals) {
  ir::for_each_stmt(module_, block, [&](ir::StmtId, const ir::Stmt& stmt) {
    ir::for_each_expr(stmt, [&](ir::ExprId id) { add_expr(id); });
    if (const auto* update = std::get_if<ir::Update>(&stmt.node)) {
      for (const ir::Update::One& one : update->assigns)
        writes_[one.state] = true;
    } else if (const auto* guard = std::get_if<ir::Guard>(&stmt.node)) {
      if (guard->raced) add_racers(*guard);
    } else if (const auto* create = std::get_if<ir::Create>(&stmt.node)) {
      creates_[locals[create->var].type.decl] = true;
    } else if (const auto* call = std::get_if<ir::Call>(&stmt.node);
               call != nullptr && !procs_[call->proc]) {
      procs_[call->proc] = true;
      add_block(module_.procs[call->proc].body, module_.procs[call->proc].locals);
    }
  });
}

void Reach::add_action(ir::ActionId id) {
  if (id == ir::kNoId || actions_[id]) return;
  actions_[id] = true;
  add_block(module_.actions[id].body, module_.actions[id].locals);
}

void Reach::add_event(const ir::Event& event) {
  ir::for_each_expr(event, [&](ir::ExprId id) { add_expr(id); });
  ir::for_each_call(event.body, [&](const ir::EventCall& call) { add_action(call.action); });
  for (const ir::EventField& field : event.fields)
    add_action(field.on_missing);
}

}  // namespace gms::check
