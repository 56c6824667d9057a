// Visiting what a statement contains, so that passes list the statement kinds only where they
// differ.
#pragma once

#include <type_traits>

#include "ir/ir.h"

namespace gms::ir {

template <class... Fns>
struct Overloaded : Fns... {
  using Fns::operator()...;
};
template <class... Fns>
Overloaded(Fns...) -> Overloaded<Fns...>;

namespace detail {
template <class Fn>
void visit_present(ExprId id, Fn& fn) {
  if (id != kNoId) fn(id);
}
template <class Fn>
void visit_binder(const Binder& binder, Fn& fn) {
  visit_present(binder.lo, fn);
  visit_present(binder.hi, fn);
}
}  // namespace detail

/// Calls fn(ExprId) for the expressions that stand directly in the statement (not in inner blocks),
/// in order of evaluation.
template <class Fn>
void for_each_expr(const Stmt& stmt, Fn&& fn) {
  const auto one = [&](ExprId id) { detail::visit_present(id, fn); };
  const auto many = [&](const std::vector<ExprId>& ids) {
    for (ExprId id : ids)
      one(id);
  };
  std::visit(Overloaded{
                 [&](const Let& s) { one(s.value); },
                 [&](const Assign& s) { one(s.value); },
                 [&](const Update& s) {
                   for (const Binder& binder : s.binders)
                     detail::visit_binder(binder, fn);
                   one(s.where);
                   for (const Update::One& assign : s.assigns) {
                     many(assign.keys);
                     one(assign.value);
                   }
                 },
                 [&](const Guard& s) {
                   one(s.cond);
                   for (const Assign& assign : s.with)
                     one(assign.value);
                 },
                 [&](const Return& s) {
                   one(s.cond);
                   many(s.values);
                 },
                 [&](const Call& s) { many(s.args); },
                 [&](const If& s) { one(s.cond); },
                 [&](const Choose& s) {
                   one(s.lo);
                   one(s.hi);
                   one(s.cond);
                 },
                 [&](const Require& s) { one(s.cond); },
                 [&](const Create&) {},
                 [&](const Destroy& s) { one(s.handle); },
                 [&](const Step&) {},
                 [&](const Acquire& s) { many(s.keys); },
                 [&](const Release& s) { many(s.keys); },
                 [&](const Scan& s) { detail::visit_binder(s.binder, fn); },
                 [&](const Each& s) {
                   detail::visit_binder(s.binder, fn);
                   one(s.where);
                 },
                 [&](const Await& s) { one(s.cond); },
                 [&](const Sample&) {},
                 [&](const Retry& s) { one(s.cond); },
             },
             stmt.node);
}

/// Calls fn(const Block&) for the blocks directly inside the statement.
template <class Fn>
void for_each_block(const Stmt& stmt, Fn&& fn) {
  if (const auto* s = std::get_if<If>(&stmt.node)) {
    fn(s->then_block);
    fn(s->else_block);
  } else if (const auto* step = std::get_if<Step>(&stmt.node)) {
    fn(step->body);
  } else if (const auto* scan = std::get_if<Scan>(&stmt.node)) {
    fn(scan->body);
  } else if (const auto* each = std::get_if<Each>(&stmt.node)) {
    fn(each->body);
  }
}

/// Calls fn(StmtId, const Stmt&) for every statement of the block and of the blocks inside, in text
/// order.
template <class Fn>
void for_each_stmt(const Module& module, const Block& block, Fn&& fn) {
  for (StmtId id : block) {
    const Stmt& stmt = module.stmts[id];
    fn(id, stmt);
    for_each_block(stmt, [&](const Block& inner) { for_each_stmt(module, inner, fn); });
  }
}

/// Calls fn(ExprId) for the operands of an expression, its binders' bounds first.
template <class Fn>
void for_each_operand(const Module& module, const Expr& expr, Fn&& fn) {
  if (expr.binders != kNoId) {
    for (const Binder& binder : module.binder_lists[expr.binders])
      detail::visit_binder(binder, fn);
  }
  for (ExprId arg : expr.args)
    fn(arg);
}

/// Calls fn(const EventStmt&) for every statement of an event's body and of those inside.
template <class Fn>
void for_each_stmt(const std::vector<EventStmt>& body, const Fn& fn) {
  for (const EventStmt& stmt : body) {
    fn(stmt);
    if (const auto* branch = std::get_if<EventStmt::Branch>(&stmt.node)) {
      for_each_stmt(branch->then_body, fn);
      for_each_stmt(branch->else_body, fn);
    } else if (const auto* loop = std::get_if<EventStmt::ForEach>(&stmt.node)) {
      for_each_stmt(loop->body, fn);
    }
  }
}

/// Calls fn(const EventCall&) for every call that an event's body may make.
template <class Fn>
void for_each_call(const std::vector<EventStmt>& body, const Fn& fn) {
  for_each_stmt(body, [&](const EventStmt& stmt) {
    if (const auto* call = std::get_if<EventCall>(&stmt.node)) fn(*call);
  });
}

/// Calls fn(ExprId) for the expressions of an event: of its fields and of its body.
template <class Fn>
void for_each_expr(const Event& event, Fn&& fn) {
  for (const EventField& field : event.fields) {
    detail::visit_present(field.default_value, fn);
    for (const ExprId arg : field.on_missing_args)
      detail::visit_present(arg, fn);
  }
  for_each_stmt(event.body, [&](const EventStmt& stmt) {
    if (const auto* branch = std::get_if<EventStmt::Branch>(&stmt.node))
      detail::visit_present(branch->cond, fn);
  });
  for_each_call(event.body, [&](const EventCall& call) {
    for (const ExprId arg : call.args)
      detail::visit_present(arg, fn);
    for (const EventCall::Observe& observe : call.observes) {
      detail::visit_present(observe.value, fn);
      detail::visit_present(observe.when, fn);
    }
  });
}

/// By ClauseId: only exits `when raced` leave by it, so no call that runs alone does.
inline std::vector<bool> raced_clauses(const Module& module) {
  std::vector<bool> raced(module.clauses.size(), false), alone(module.clauses.size(), false);
  for (const Stmt& stmt : module.stmts) {
    const auto* guard = std::get_if<Guard>(&stmt.node);
    if (guard != nullptr && guard->clause < raced.size())
      (guard->raced ? raced : alone)[guard->clause] = true;
  }
  for (std::size_t i = 0; i < raced.size(); ++i)
    raced[i] = raced[i] && !alone[i];
  return raced;
}

}  // namespace gms::ir
