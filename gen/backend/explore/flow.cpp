#include "gen/backend/explore/flow.h"

#include "ir/walk.h"

namespace gms::gen::explore {

using ir::kNoId;
using ir::Op;

void mark_reads(const ir::Module& m, ir::ExprId id, std::vector<bool>& states) {
  if (id == kNoId) return;
  const ir::Expr& e = m.exprs[id];
  if (e.op == Op::kState) states[e.ref] = true;
  if (e.op == Op::kCall) mark_reads(m, m.fns[e.ref].expr, states);
  ir::for_each_operand(m, e, [&](ir::ExprId arg) { mark_reads(m, arg, states); });
}

ValueFlow::ValueFlow(const ir::Module& module) : m_(module) {
  nodes_ = static_cast<Node>(m_.states.size());
  const auto place = [&](const ir::Callable& one) {
    const Node base = nodes_;
    nodes_ += static_cast<Node>(one.locals.size());
    return base;
  };
  for (const ir::Callable& proc : m_.procs)
    proc_bases_.push_back(place(proc));
  for (std::size_t p = 0; p < m_.procs.size(); ++p)
    block(m_.procs[p].body, m_.procs[p], proc_bases_[p]);
  for (const ir::Action& action : m_.actions)
    block(action.body, action, place(action));
}

/// What an expression reads flows to a node. A function's body counts as if it stood there; its
/// parameters are covered by the arguments.
void ValueFlow::expr(ir::ExprId id, Node to, Node base) {
  if (id == kNoId) return;
  const ir::Expr& e = m_.exprs[id];
  if (e.op == Op::kState) edges_.emplace_back(e.ref, to);
  if (e.op == Op::kVar) edges_.emplace_back(base + e.ref, to);
  if (e.op == Op::kCall) {
    std::vector<bool> states(m_.states.size());
    mark_reads(m_, m_.fns[e.ref].expr, states);
    for (Node s = 0; s < states.size(); ++s)
      if (states[s]) edges_.emplace_back(s, to);
  }
  ir::for_each_operand(m_, e, [&](ir::ExprId arg) { expr(arg, to, base); });
}

void ValueFlow::block(const ir::Block& statements, const ir::Callable& callable, Node base) {
  ir::for_each_stmt(m_, statements, [&](ir::StmtId, const ir::Stmt& stmt) {
    std::visit(ir::Overloaded{
                   [&](const ir::Let& s) { expr(s.value, base + s.var, base); },
                   [&](const ir::Assign& s) { expr(s.value, base + s.var, base); },
                   [&](const ir::Guard& s) {
                     for (const ir::Assign& a : s.with)
                       expr(a.value, base + a.var, base);
                   },
                   [&](const ir::Choose& s) {
                     expr(s.lo, base + s.var, base);
                     expr(s.hi, base + s.var, base);
                   },
                   [&](const ir::Update& s) {
                     for (const ir::Update::One& one : s.assigns)
                       expr(one.value, one.state, base);
                   },
                   [&](const ir::Return& s) {
                     for (std::size_t i = 0; i < s.values.size(); ++i)
                       expr(s.values[i], base + callable.outputs[i], base);
                   },
                   [&](const ir::Call& s) {
                     const ir::Callable& proc = m_.procs[s.proc];
                     const Node inner = proc_bases_[s.proc];
                     for (std::size_t i = 0; i < s.args.size(); ++i)
                       expr(s.args[i], inner + proc.params[i], base);
                     for (std::size_t i = 0; i < s.results.size(); ++i)
                       if (s.results[i] != kNoId)
                         edges_.emplace_back(inner + proc.outputs[i], base + s.results[i]);
                   },
                   [](const auto&) {},
               },
               stmt.node);
  });
}

void ValueFlow::closure(std::vector<bool>& states, bool forward) const {
  std::vector<bool> marked = states;
  marked.resize(nodes_);
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [from, to] : edges_) {
      const Node source = forward ? from : to, target = forward ? to : from;
      if (!marked[source] || marked[target]) continue;
      marked[target] = changed = true;
    }
  }
  for (std::size_t s = 0; s < states.size(); ++s)
    states[s] = marked[s];
}

void ValueFlow::spread(std::vector<bool>& states) const {
  closure(states, true);
}

void ValueFlow::gather(std::vector<bool>& states) const {
  closure(states, false);
}

}  // namespace gms::gen::explore
