#include "gen/sema/flow.h"

#include <algorithm>
#include <set>

#include "ir/walk.h"

namespace gms::gen::sema {

namespace {

using Assigned = std::vector<bool>;  // by VarId; only outputs matter

class Flow {
 public:
  Flow(Context& context, const ir::Callable& callable, bool is_action)
      : ctx_(context), module_(context.module), callable_(callable), is_action_(is_action) {}

  void run() {
    Assigned assigned(callable_.locals.size(), true);
    for (const ir::VarId var : callable_.outputs)
      assigned[var] = false;
    for (const ir::VarId var : callable_.params)
      assigned[var] = true;
    const bool ends = block(callable_.body, assigned);
    if (is_action_ && ends) succeeds(assigned, callable_.span);
  }

 private:
  // Answers whether the end is reached. What nobody reaches counts as assigned.
  bool block(const ir::Block& statements, Assigned& assigned) {
    bool reachable = true;
    bool reported = false;
    for (const ir::StmtId id : statements) {
      const ir::Stmt& stmt = module_.stmts[id];
      if (!reachable && !reported) {
        reported = true;
        // A lock's release after its block stands in no text of its own.
        if (!std::holds_alternative<ir::Release>(stmt.node))
          ctx_.warn(diag::unreachable, stmt.span).with_hint("the exit before it has no condition");
      }
      if (!statement(stmt, assigned)) {
        reachable = false;
        assigned.assign(assigned.size(), true);
      }
    }
    return reachable;
  }

  bool statement(const ir::Stmt& stmt, Assigned& assigned) {
    ir::for_each_expr(stmt, [&](ir::ExprId id) { read(id, assigned); });
    return std::visit(ir::Overloaded{
                          [&](const ir::Let&) { return true; },
                          [&](const ir::Assign& s) {
                            assigned[s.var] = true;
                            return true;
                          },
                          [&](const ir::Guard& s) { return guard(s, assigned, stmt.span); },
                          [&](const ir::Return& s) { return s.cond != ir::kNoId; },
                          [&](const ir::Call& s) {
                            for (const ir::VarId var : s.results)
                              assigned[var] = true;
                            return true;
                          },
                          [&](const ir::If& s) {
                            Assigned other = assigned;
                            const bool then_ends = block(s.then_block, assigned);
                            const bool else_ends = block(s.else_block, other);
                            for (std::size_t i = 0; i < assigned.size(); ++i)
                              assigned[i] = assigned[i] && other[i];
                            return then_ends || else_ends;
                          },
                          [&](const ir::Step& s) { return block(s.body, assigned); },
                          [&](const ir::Scan& s) {
                            Assigned inside = assigned;
                            block(s.body, inside);
                            return true;
                          },
                          [&](const ir::Each& s) {
                            Assigned inside = assigned;
                            block(s.body, inside);
                            return true;
                          },
                          [&](const ir::Retry& s) { return s.cond != ir::kNoId; },
                          [&](const auto&) { return true; },
                      },
                      stmt.node);
  }

  bool guard(const ir::Guard& s, const Assigned& assigned, base::Span span) {
    const auto constant = ctx_.build.constant_of(s.cond);
    if (constant == 0) ctx_.warn(diag::never_fires, span, module_.clauses[s.clause].label);
    if (is_action_ && module_.clauses[s.clause].result == 0) {
      Assigned at_exit = assigned;
      for (const ir::Assign& with : s.with)
        at_exit[with.var] = true;
      succeeds(at_exit, span);
    }
    const bool always = s.cond == ir::kNoId || constant == 1;
    return !always || s.may || s.raced;
  }

  void succeeds(const Assigned& assigned, base::Span span) {
    for (const ir::VarId var : callable_.outputs) {
      if (assigned[var] || !warned_.insert(var).second) continue;
      ctx_.warn(diag::output_unassigned, span, callable_.name, callable_.locals[var].name);
    }
  }

  void read(ir::ExprId id, const Assigned& assigned) {
    const ir::Expr& expr = module_.exprs[id];
    if (expr.op == ir::Op::kVar && !assigned[expr.ref] && reported_.insert(expr.ref).second) {
      const std::string& name = callable_.locals[expr.ref].name;
      if (is_action_)
        ctx_.diags.report(diag::read_unassigned, expr.span, name);
      else
        ctx_.diags.report(diag::return_unassigned, expr.span, callable_.name, name);
    }
    ir::for_each_operand(module_, expr, [&](ir::ExprId arg) { read(arg, assigned); });
  }

  Context& ctx_;
  const ir::Module& module_;
  const ir::Callable& callable_;
  bool is_action_;
  std::set<ir::VarId> warned_, reported_;
};

}  // namespace

void check_assigned(Context& context) {
  for (const ir::Callable& proc : context.module.procs)
    Flow(context, proc, false).run();
  for (const ir::Action& action : context.module.actions)
    Flow(context, action, true).run();
}

}  // namespace gms::gen::sema
