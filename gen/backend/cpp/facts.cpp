#include "gen/backend/cpp/facts.h"

#include <algorithm>

#include "ir/walk.h"

namespace gms::gen::cpp {

using ir::kNoId;
using ir::Op;

bool runs_by_stretches(const ir::Type& type) {
  return type.kind == ir::TypeKind::kIndex ||
         (type.kind == ir::TypeKind::kInt && !type.is_signed && type.width > 16);
}

void Facts::set(std::vector<bool>& bits, std::size_t at, bool value) {
  if (!value || bits[at]) return;
  bits[at] = true;
  changed_ = true;
}

bool Facts::is_lazy(ir::ExprId id, const LocalFacts& locals) const {
  if (id == kNoId) return false;
  const ir::Expr& e = m_.exprs[id];
  switch (e.op) {
    case Op::kVar: return locals.lazy[e.ref];
    case Op::kState: return m_.states[e.ref].observe_only;
    case Op::kCall: return fn_lazy[e.ref];
    case Op::kForall:
    case Op::kExists:
    case Op::kFirst:
    case Op::kLive: return false;
    default:
      return std::any_of(e.args.begin(), e.args.end(),
                         [&](ir::ExprId arg) { return is_lazy(arg, locals); });
  }
}

bool Facts::is_cursor(ir::ExprId id, const LocalFacts& locals) const {
  if (id == kNoId) return false;
  const ir::Expr& e = m_.exprs[id];
  const auto arg = [&](std::size_t i) { return is_cursor(e.args[i], locals); };
  const bool wide = e.type.width > 32 && !e.type.is_signed && !e.type.optional;
  switch (e.op) {
    case Op::kVar: return locals.cursor[e.ref];
    case Op::kAdd: return wide && arg(0) != arg(1);
    case Op::kSub:
    case Op::kShl:
    case Op::kShr: return wide && arg(0) && !arg(1);
    case Op::kCast: return wide && arg(0);
    case Op::kCall: return fn_cursor[e.ref];
    default: return false;
  }
}

void Facts::binder(const ir::Binder& binder, LocalFacts& locals) {
  set(locals.cursor, binder.var, runs_by_stretches(binder.type));
  walk_expr(binder.lo, locals);
  walk_expr(binder.hi, locals);
}

void Facts::walk_expr(ir::ExprId id, LocalFacts& locals) {
  if (id == kNoId) return;
  const ir::Expr& e = m_.exprs[id];
  if (e.binders != kNoId) {
    for (const ir::Binder& one : m_.binder_lists[e.binders])
      binder(one, locals);
  }
  if (counting_ && e.op == Op::kVar) ++locals.reads[e.ref];
  if (counting_ && e.op == Op::kCall) fn_used[e.ref] = true;
  for (std::size_t i = 0; i < e.args.size(); ++i) {
    walk_expr(e.args[i], locals);
    if (e.op != Op::kCall) continue;
    const ir::VarId param = m_.fns[e.ref].params[i];
    set(fns[e.ref].lazy, param, is_lazy(e.args[i], locals));
    set(fns[e.ref].cursor, param, is_cursor(e.args[i], locals));
  }
}

void Facts::walk_update(const ir::Update& update, LocalFacts& locals) {
  for (const ir::Binder& one : update.binders)
    binder(one, locals);
}

void Facts::walk(const ir::Callable& callable, LocalFacts& locals) {
  ir::for_each_stmt(m_, callable.body, [&](ir::StmtId, const ir::Stmt& stmt) {
    if (const auto* update = std::get_if<ir::Update>(&stmt.node)) walk_update(*update, locals);
    ir::for_each_expr(stmt, [&](ir::ExprId id) { walk_expr(id, locals); });
    const auto assign = [&](const ir::Assign& s) {
      set(locals.assigned, s.var, true);
      set(locals.lazy, s.var, is_lazy(s.value, locals));
    };
    if (const auto* let = std::get_if<ir::Let>(&stmt.node)) {
      set(locals.lazy, let->var, is_lazy(let->value, locals));
    } else if (const auto* one = std::get_if<ir::Assign>(&stmt.node)) {
      assign(*one);
    } else if (const auto* guard = std::get_if<ir::Guard>(&stmt.node)) {
      for (const ir::Assign& with : guard->with)
        assign(with);
    } else if (const auto* back = std::get_if<ir::Return>(&stmt.node)) {
      for (std::size_t i = 0; i < back->values.size(); ++i)
        set(locals.lazy, callable.outputs[i], is_lazy(back->values[i], locals));
    } else if (const auto* call = std::get_if<ir::Call>(&stmt.node)) {
      const ir::Callable& proc = m_.procs[call->proc];
      for (std::size_t i = 0; i < call->args.size(); ++i)
        set(procs[call->proc].lazy, proc.params[i], is_lazy(call->args[i], locals));
      for (std::size_t i = 0; i < call->results.size(); ++i) {
        if (call->results[i] == kNoId) continue;
        set(locals.lazy, call->results[i], procs[call->proc].lazy[proc.outputs[i]]);
      }
    }
  });
  walk_expr(callable.expr, locals);
}

void Facts::walk_event(const std::vector<ir::EventStmt>& body, LocalFacts& locals) {
  for (const ir::EventStmt& stmt : body) {
    if (const auto* call = std::get_if<ir::EventCall>(&stmt.node)) {
      for (std::size_t i = 0; i < call->args.size(); ++i) {
        walk_expr(call->args[i], locals);
        const bool lazy = call->args[i] == kNoId || is_lazy(call->args[i], locals);
        set(actions[call->action].lazy, m_.actions[call->action].params[i], lazy);
      }
      for (const ir::EventCall::Observe& observe : call->observes) {
        walk_expr(observe.value, locals);
        walk_expr(observe.when, locals);
      }
    } else if (const auto* branch = std::get_if<ir::EventStmt::Branch>(&stmt.node)) {
      walk_expr(branch->cond, locals);
      walk_event(branch->then_body, locals);
      walk_event(branch->else_body, locals);
    } else if (const auto* loop = std::get_if<ir::EventStmt::ForEach>(&stmt.node)) {
      walk_event(loop->body, locals);
    }
  }
}

bool Facts::exits(const ir::Block& block) const {
  bool found = false;
  ir::for_each_stmt(m_, block, [&](ir::StmtId, const ir::Stmt& stmt) {
    const auto* guard = std::get_if<ir::Guard>(&stmt.node);
    const auto* call = std::get_if<ir::Call>(&stmt.node);
    found = found || (guard != nullptr && !guard->raced) ||
            std::holds_alternative<ir::Require>(stmt.node) ||
            std::holds_alternative<ir::Choose>(stmt.node) ||
            (call != nullptr && proc_exits[call->proc]);
  });
  return found;
}

/// `assigned`, by VarId: has a value on every path to here.
void Facts::find_unset(const ir::Action& action, const ir::Block& block,
                       std::vector<bool>& assigned, std::vector<bool>& missing) const {
  const auto leave = [&](const std::vector<bool>& at_exit) {
    for (std::size_t i = 0; i < missing.size(); ++i) {
      if (!at_exit[action.outputs[i]]) missing[i] = true;
    }
  };
  for (const ir::StmtId id : block) {
    const auto& node = m_.stmts[id].node;
    if (const auto* let = std::get_if<ir::Let>(&node)) {
      assigned[let->var] = true;
    } else if (const auto* one = std::get_if<ir::Assign>(&node)) {
      assigned[one->var] = true;
    } else if (const auto* guard = std::get_if<ir::Guard>(&node)) {
      if (guard->raced) continue;
      std::vector<bool> at_exit = assigned;
      for (const ir::Assign& with : guard->with)
        at_exit[with.var] = true;
      leave(at_exit);
      if (guard->cond == kNoId && !guard->may) assigned.assign(assigned.size(), true);
    } else if (const auto* call = std::get_if<ir::Call>(&node)) {
      if (proc_exits[call->proc]) leave(assigned);
      for (const ir::VarId var : call->results) {
        if (var != kNoId) assigned[var] = true;
      }
    } else if (const auto* branch = std::get_if<ir::If>(&node)) {
      std::vector<bool> other = assigned;
      find_unset(action, branch->then_block, assigned, missing);
      find_unset(action, branch->else_block, other, missing);
      for (std::size_t i = 0; i < assigned.size(); ++i)
        assigned[i] = assigned[i] && other[i];
    } else if (const auto* choose = std::get_if<ir::Choose>(&node)) {
      assigned[choose->var] = true;
    } else if (const auto* create = std::get_if<ir::Create>(&node)) {
      assigned[create->var] = true;
    }
  }
}

Facts::Facts(const ir::Module& module) : m_(module) {
  const auto init = [](const auto& callables, std::vector<LocalFacts>& out) {
    for (const auto& one : callables) {
      const std::size_t n = one.locals.size();
      out.push_back({std::vector<bool>(n), std::vector<bool>(n), std::vector<bool>(n),
                     std::vector<unsigned>(n)});
    }
  };
  init(module.fns, fns);
  init(module.procs, procs);
  init(module.actions, actions);
  init(module.events, events);
  fn_lazy.resize(module.fns.size());
  fn_cursor.resize(module.fns.size());
  fn_used.resize(module.fns.size());
  for (std::size_t i = 0; i < module.events.size(); ++i) {
    for (const ir::EventField& field : module.events[i].fields) {
      if (field.unlogged_any && field.kind == ir::FieldKind::kValue && field.var != kNoId)
        events[i].lazy[field.var] = true;
      if (field.on_missing == kNoId) continue;
      for (std::size_t a = 0; a < field.on_missing_args.size(); ++a) {
        if (field.on_missing_args[a] == kNoId)
          actions[field.on_missing].lazy[module.actions[field.on_missing].params[a]] = true;
      }
    }
  }
  const auto pass = [&] {
    for (std::size_t i = 0; i < module.events.size(); ++i) {
      for (const ir::EventField& field : module.events[i].fields) {
        walk_expr(field.default_value, events[i]);
        if (field.default_value != kNoId && field.var != kNoId)
          set(events[i].lazy, field.var, is_lazy(field.default_value, events[i]));
        for (const ir::ExprId arg : field.on_missing_args)
          walk_expr(arg, events[i]);
      }
      walk_event(module.events[i].body, events[i]);
    }
    for (std::size_t i = 0; i < module.actions.size(); ++i)
      walk(module.actions[i], actions[i]);
    for (std::size_t i = 0; i < module.procs.size(); ++i)
      walk(module.procs[i], procs[i]);
    // A function calls earlier ones only.
    for (std::size_t i = module.fns.size(); i-- > 0;) {
      if (counting_ && !fn_used[i]) continue;
      walk(module.fns[i], fns[i]);
      set(fn_lazy, i, is_lazy(module.fns[i].expr, fns[i]));
      set(fn_cursor, i, is_cursor(module.fns[i].expr, fns[i]));
    }
  };
  do {
    changed_ = false;
    pass();
  } while (changed_);
  counting_ = true;
  pass();
  for (const ir::Callable& proc : module.procs)
    proc_exits.push_back(exits(proc.body));
  for (const ir::Action& action : module.actions) {
    std::vector<bool>& result = unset.emplace_back(action.outputs.size());
    std::vector<bool> assigned(action.locals.size());
    for (const ir::VarId param : action.params)
      assigned[param] = true;
    find_unset(action, action.body, assigned, result);
    for (std::size_t i = 0; i < result.size(); ++i) {
      const ir::VarId var = action.outputs[i];
      if (!assigned[var]) result[i] = true;
      if (action.locals[var].type.optional) result[i] = false;
    }
  }
}

}  // namespace gms::gen::cpp
