#include "ir/mutate.h"

#include <map>
#include <utility>

#include "ir/build.h"
#include "ir/walk.h"

namespace gms::ir {
namespace {

/// Collects the sites of one callable.
class Sites {
 public:
  Sites(const Module& m, const Callable& c, MutationHost host, std::uint32_t id,
        std::vector<Mutation>& out)
      : m_(m), c_(c), host_(host), id_(id), out_(out) {}

  void block(const Block& b) {
    for (std::size_t i = 0; i < b.size(); ++i) {
      const Stmt& s = m_.stmts[b[i]];
      place_ = c_.name;
      stmt_ = b[i];
      if (const auto* g = std::get_if<Guard>(&s.node)) {
        place_ += "@" + m_.clauses[g->clause].label;
        add(MutationKind::kClauseDropped, kNoId, 0, "never taken", s.span);
        if (i + 1 < b.size())
          if (const auto* next = std::get_if<Guard>(&m_.stmts[b[i + 1]].node);
              next != nullptr && next->cond != kNoId && g->cond != kNoId)
            add(MutationKind::kClausesSwapped, kNoId, b[i + 1],
                "tested after " + m_.clauses[next->clause].label, s.span);
      }
      if (const auto* u = std::get_if<Update>(&s.node)) {
        for (std::uint32_t n = 0; n < u->assigns.size(); ++n) {
          place_ = c_.name + "." + m_.states[u->assigns[n].state].name;
          add(MutationKind::kUpdateDropped, kNoId, n, "not updated", s.span);
        }
        for (std::uint32_t n = 0; n < u->binders.size(); ++n)
          if (u->binders[n].hi != kNoId) {
            add(MutationKind::kRangeEndShifted, kNoId, 2 * n, "updated one index further", s.span);
            add(MutationKind::kRangeEndShifted, kNoId, 2 * n + 1, "updated one index less", s.span);
          }
      }
      for_each_expr(s, [&](ExprId e) { expr(e); });
      if (const auto* branch = std::get_if<If>(&s.node)) {
        block(branch->then_block);
        block(branch->else_block);
      }
    }
  }

  void expr(ExprId id) {
    if (id == kNoId) return;
    const Expr& e = m_.exprs[id];
    switch (e.op) {
      case Op::kEq: add(MutationKind::kComparisonFlipped, id, 0, "== made !=", e.span); break;
      case Op::kLt: add(MutationKind::kComparisonFlipped, id, 0, "< made <=", e.span); break;
      case Op::kLe: add(MutationKind::kComparisonFlipped, id, 0, "<= made <", e.span); break;
      case Op::kForall:
        add(MutationKind::kComparisonFlipped, id, 0, "all made some", e.span);
        break;
      case Op::kExists:
        add(MutationKind::kComparisonFlipped, id, 0, "some made all", e.span);
        break;
      default: break;  // the other operations have no opposite
    }
    if (e.op == Op::kState)
      for (std::uint32_t k = 0; k < e.args.size(); ++k)
        if (m_.exprs[e.args[k]].type.kind == TypeKind::kIndex)
          add(MutationKind::kIndexShifted, id, k, m_.states[e.ref].name + " read one index further",
              e.span);
    if (e.binders != kNoId)
      for (std::uint32_t n = 0; n < m_.binder_lists[e.binders].size(); ++n) {
        const Binder& b = m_.binder_lists[e.binders][n];
        if (b.hi == kNoId) continue;
        add(MutationKind::kRangeEndShifted, id, 2 * n, "tested one index further", e.span);
        add(MutationKind::kRangeEndShifted, id, 2 * n + 1, "tested one index less", e.span);
        expr(b.lo);
        expr(b.hi);
      }
    for (const ExprId a : e.args)
      expr(a);
  }

 private:
  void add(MutationKind kind, ExprId e, std::uint32_t detail, std::string what, base::Span span) {
    out_.push_back({kind, host_, id_, stmt_, e, detail, place_.empty() ? c_.name : place_,
                    std::move(what), span});
  }

  const Module& m_;
  const Callable& c_;
  MutationHost host_;
  std::uint32_t id_;
  std::vector<Mutation>& out_;
  StmtId stmt_ = kNoId;
  std::string place_;
};

ExprId shifted(Module& m, ExprId id, bool up) {
  ExprBuilder b(m);
  b.span = m.exprs[id].span;
  const Type type = m.exprs[id].type;
  return b.arith(up ? Op::kAdd : Op::kSub, id, b.constant(type, 1));
}

/// The tree with `change` applied to the nodes for which it returns something; what does not change
/// keeps its id. The copies come after what they use.
template <class Change>
ExprId rebuilt(Module& m, ExprId id, const Change& change) {
  if (id == kNoId) return id;
  Expr e = m.exprs[id];  // by value: what follows appends
  bool changed = false;
  for (ExprId& a : e.args) {
    const ExprId now = rebuilt(m, a, change);
    changed = changed || now != a;
    a = now;
  }
  if (e.binders != kNoId) {
    std::vector<Binder> binders = m.binder_lists[e.binders];
    bool moved = false;
    for (Binder& b : binders) {
      const Binder was = b;
      b.lo = rebuilt(m, b.lo, change);
      b.hi = rebuilt(m, b.hi, change);
      moved = moved || b.lo != was.lo || b.hi != was.hi;
    }
    if (moved) {
      m.binder_lists.push_back(std::move(binders));
      e.binders = static_cast<std::uint32_t>(m.binder_lists.size() - 1);
      changed = true;
    }
  }
  if (change(m, id, e)) changed = true;
  if (!changed) return id;
  m.exprs.push_back(std::move(e));
  return static_cast<ExprId>(m.exprs.size() - 1);
}

/// Calls fn(ExprId&) for the expressions that stand in a statement of the atomic reading.
template <class Fn>
void for_each_root(Stmt& stmt, const Fn& fn) {
  const auto many = [&](std::vector<ExprId>& ids) {
    for (ExprId& id : ids)
      fn(id);
  };
  const auto binders = [&](std::vector<Binder>& list) {
    for (Binder& b : list)
      fn(b.lo), fn(b.hi);
  };
  const auto assigns = [&](std::vector<Assign>& list) {
    for (Assign& a : list)
      fn(a.value);
  };
  std::visit(Overloaded{
                 [&](Let& s) { fn(s.value); },
                 [&](Assign& s) { fn(s.value); },
                 [&](Update& s) {
                   binders(s.binders);
                   fn(s.where);
                   for (Update::One& one : s.assigns)
                     many(one.keys), fn(one.value);
                 },
                 [&](Guard& s) { fn(s.cond), assigns(s.with); },
                 [&](Return& s) { fn(s.cond), many(s.values); },
                 [&](Call& s) { many(s.args); },
                 [&](If& s) { fn(s.cond); },
                 [&](Choose& s) { fn(s.lo), fn(s.hi), fn(s.cond); },
                 [&](Require& s) { fn(s.cond); },
                 [&](Create&) {},
                 [&](Destroy& s) { fn(s.handle); },
                 [&](Step&) {},
                 [&](Acquire&) {},
                 [&](Release&) {},
                 [&](Scan&) {},
                 [&](Each&) {},
                 [&](Await&) {},
                 [&](Sample&) {},
                 [&](Retry&) {},
             },
             stmt.node);
}

template <class Fn>
void for_each_root(std::vector<EventStmt>& body, const Fn& fn) {
  for (EventStmt& s : body)
    std::visit(Overloaded{
                   [&](EventCall& c) {
                     for (ExprId& a : c.args)
                       fn(a);
                     for (EventCall::Observe& o : c.observes)
                       fn(o.value), fn(o.when);
                   },
                   [&](EventStmt::Branch& b) {
                     fn(b.cond);
                     for_each_root(b.then_body, fn);
                     for_each_root(b.else_body, fn);
                   },
                   [&](EventStmt::ForEach& e) { for_each_root(e.body, fn); },
                   [&](EventStmt::Reject&) {},
               },
               s.node);
}

/// What judges keeps its meaning: properties and events call copies of the function and of those
/// that call it.
void keep_for_judges(Module& m, FnId changed) {
  std::vector<FnId> copy_of(m.fns.size(), kNoId);
  const auto to_copies = [&](Module&, ExprId, Expr& e) {
    if (e.op != Op::kCall || copy_of[e.ref] == kNoId) return false;
    e.ref = copy_of[e.ref];
    return true;
  };
  const std::size_t count = m.fns.size();
  for (FnId f = changed; f < count; ++f) {
    const ExprId expr = rebuilt(m, m.fns[f].expr, to_copies);
    if (f != changed && expr == m.fns[f].expr) continue;
    Callable copy = m.fns[f];
    copy.name += "_unchanged";
    copy.expr = f == changed ? ExprBuilder(m).copy(expr) : expr;
    copy_of[f] = static_cast<FnId>(m.fns.size());
    m.fns.push_back(std::move(copy));
  }
  const auto judge = [&](ExprId& id) { id = rebuilt(m, id, to_copies); };
  for (Property& p : m.properties) {
    judge(p.expr);
    judge(p.then);
    for (auto* side : {&p.left, &p.right})
      for (LawCall& c : *side)
        for (ExprId& a : c.args)
          judge(a);
  }
  for (Event& e : m.events) {
    for (EventField& f : e.fields) {
      for (ExprId& a : f.on_missing_args)
        judge(a);
      judge(f.default_value);
    }
    for_each_root(e.body, judge);
  }
}

/// Changes the node at the site; `e` has its operands already.
void change_node(Module& m, const Mutation& mu, Expr& e) {
  switch (mu.kind) {
    case MutationKind::kRangeEndShifted: {
      std::vector<Binder> binders = m.binder_lists[e.binders];
      Binder& b = binders[mu.detail / 2];
      b.hi = shifted(m, b.hi, mu.detail % 2 == 0);
      m.binder_lists.push_back(std::move(binders));
      e.binders = static_cast<std::uint32_t>(m.binder_lists.size() - 1);
      return;
    }
    case MutationKind::kComparisonFlipped:
      switch (e.op) {
        case Op::kLt: e.op = Op::kLe; return;
        case Op::kLe: e.op = Op::kLt; return;
        case Op::kForall: e.op = Op::kExists; return;
        case Op::kExists: e.op = Op::kForall; return;
        default: {  // ==
          m.exprs.push_back(e);
          e.op = Op::kNot;
          e.args = {static_cast<ExprId>(m.exprs.size() - 1)};
          return;
        }
      }
    case MutationKind::kIndexShifted:
      e.args[mu.detail] = shifted(m, e.args[mu.detail], true);
      return;
    case MutationKind::kClauseDropped:
    case MutationKind::kClausesSwapped:
    case MutationKind::kUpdateDropped: return;  // statements
  }
}

/// Whether the callable calls the host, itself or through others.
class Reach {
 public:
  Reach(const Module& m, const Mutation& mu) : m_(m), mu_(mu) {}

  bool action(ActionId a) {
    if (mu_.host == MutationHost::kAction) return a == mu_.host_id;
    return block(m_.actions[a].body);
  }

 private:
  bool block(const Block& b) {
    bool found = false;
    for (const StmtId id : b) {
      const Stmt& s = m_.stmts[id];
      if (const auto* call = std::get_if<Call>(&s.node)) found = found || proc(call->proc);
      for_each_expr(s, [&](ExprId e) { found = found || expr(e); });
      for_each_block(s, [&](const Block& inner) { found = found || block(inner); });
      if (found) return true;
    }
    return false;
  }
  bool proc(ProcId p) {
    if (mu_.host == MutationHost::kProcedure && p == mu_.host_id) return true;
    return block(m_.procs[p].body);
  }
  bool expr(ExprId id) {
    if (mu_.host != MutationHost::kFunction || id == kNoId) return false;
    const Expr& e = m_.exprs[id];
    if (e.op == Op::kCall && (e.ref == mu_.host_id || fn(e.ref))) return true;
    for (const ExprId a : e.args)
      if (expr(a)) return true;
    if (e.binders != kNoId)
      for (const Binder& b : m_.binder_lists[e.binders])
        if (expr(b.lo) || expr(b.hi)) return true;
    return false;
  }
  bool fn(FnId f) {
    const auto it = fns_.find(f);
    if (it != fns_.end()) return it->second;
    return fns_[f] = expr(m_.fns[f].expr);
  }

  const Module& m_;
  const Mutation& mu_;
  std::map<FnId, bool> fns_;
};

}  // namespace

const char* name_of(MutationKind kind) {
  switch (kind) {
    case MutationKind::kClauseDropped: return "clause dropped";
    case MutationKind::kClausesSwapped: return "clauses swapped";
    case MutationKind::kRangeEndShifted: return "range end shifted";
    case MutationKind::kUpdateDropped: return "update dropped";
    case MutationKind::kComparisonFlipped: return "comparison flipped";
    case MutationKind::kIndexShifted: return "index off by one";
  }
  return "";
}

std::vector<Mutation> mutations(const Module& module) {
  std::vector<Mutation> out;
  for (FnId f = 0; f < module.fns.size(); ++f)
    Sites(module, module.fns[f], MutationHost::kFunction, f, out).expr(module.fns[f].expr);
  for (ProcId p = 0; p < module.procs.size(); ++p)
    Sites(module, module.procs[p], MutationHost::kProcedure, p, out).block(module.procs[p].body);
  for (ActionId a = 0; a < module.actions.size(); ++a)
    Sites(module, module.actions[a], MutationHost::kAction, a, out).block(module.actions[a].body);
  return out;
}

Module apply(const Module& module, const Mutation& mu) {
  Module m = module;
  if (mu.host == MutationHost::kFunction) keep_for_judges(m, mu.host_id);
  if (mu.expr != kNoId) {
    const auto change = [&](Module& into, ExprId id, Expr& e) {
      if (id != mu.expr) return false;
      change_node(into, mu, e);
      return true;
    };
    if (mu.stmt == kNoId) {
      m.fns[mu.host_id].expr = rebuilt(m, m.fns[mu.host_id].expr, change);
    } else {
      Stmt s = m.stmts[mu.stmt];
      for_each_root(s, [&](ExprId& root) { root = rebuilt(m, root, change); });
      m.stmts[mu.stmt] = std::move(s);
    }
    return m;
  }
  switch (mu.kind) {
    case MutationKind::kClauseDropped:
      std::get<Guard>(m.stmts[mu.stmt].node).cond = ExprBuilder(m).boolean(false);
      break;
    case MutationKind::kClausesSwapped: std::swap(m.stmts[mu.stmt], m.stmts[mu.detail]); break;
    case MutationKind::kUpdateDropped: {
      auto& assigns = std::get<Update>(m.stmts[mu.stmt].node).assigns;
      if (assigns.size() == 1)  // an update of nothing is ill-formed
        m.stmts[mu.stmt].node = Require{ExprBuilder(m).boolean(true)};
      else
        assigns.erase(assigns.begin() + mu.detail);
      break;
    }
    case MutationKind::kRangeEndShifted: {
      Binder& b = std::get<Update>(m.stmts[mu.stmt].node).binders[mu.detail / 2];
      b.hi = shifted(m, b.hi, mu.detail % 2 == 0);
      break;
    }
    case MutationKind::kComparisonFlipped:
    case MutationKind::kIndexShifted: break;  // expressions
  }
  return m;
}

std::vector<ActionId> touched_actions(const Module& module, const Mutation& mutation) {
  Reach reach(module, mutation);
  std::vector<ActionId> out;
  for (ActionId a = 0; a < module.actions.size(); ++a)
    if (reach.action(a)) out.push_back(a);
  return out;
}

}  // namespace gms::ir
