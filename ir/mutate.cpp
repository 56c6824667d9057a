#include "ir/mutate.h"

#include <set>

#include "ir/build.h"
#include "ir/walk.h"

namespace gms::ir {
namespace {

/// Collects the sites of one callable.
class Sites {
 public:
  Sites(const Module& m, const Callable& c, std::vector<Mutation>& out) : m_(m), c_(c), out_(out) {}

  void block(const Block& b) {
    for (std::size_t i = 0; i < b.size(); ++i) {
      const Stmt& s = m_.stmts[b[i]];
      place_ = c_.name;
      if (const auto* g = std::get_if<Guard>(&s.node)) {
        place_ += "@" + m_.clauses[g->clause].label;
        add(MutationKind::kClauseDropped, b[i], kNoId, 0, "never taken", s.span);
        if (i + 1 < b.size())
          if (const auto* next = std::get_if<Guard>(&m_.stmts[b[i + 1]].node);
              next != nullptr && next->cond != kNoId && g->cond != kNoId)
            add(MutationKind::kClausesSwapped, b[i], kNoId, b[i + 1],
                "tested after " + m_.clauses[next->clause].label, s.span);
      }
      if (const auto* u = std::get_if<Update>(&s.node)) {
        for (std::uint32_t n = 0; n < u->assigns.size(); ++n) {
          place_ = c_.name + "." + m_.states[u->assigns[n].state].name;
          add(MutationKind::kUpdateDropped, b[i], kNoId, n, "not updated", s.span);
        }
        for (std::uint32_t n = 0; n < u->binders.size(); ++n)
          if (u->binders[n].hi != kNoId) {
            add(MutationKind::kRangeEndShifted, b[i], kNoId, 2 * n, "updated one index further",
                s.span);
            add(MutationKind::kRangeEndShifted, b[i], kNoId, 2 * n + 1, "updated one index less",
                s.span);
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
      case Op::kEq:
        add(MutationKind::kComparisonFlipped, kNoId, id, 0, "== made !=", e.span);
        break;
      case Op::kLt: add(MutationKind::kComparisonFlipped, kNoId, id, 0, "< made <=", e.span); break;
      case Op::kLe: add(MutationKind::kComparisonFlipped, kNoId, id, 0, "<= made <", e.span); break;
      case Op::kForall:
        add(MutationKind::kComparisonFlipped, kNoId, id, 0, "all made some", e.span);
        break;
      case Op::kExists:
        add(MutationKind::kComparisonFlipped, kNoId, id, 0, "some made all", e.span);
        break;
      default: break;  // the other operations have no opposite
    }
    if (e.op == Op::kState)
      for (std::uint32_t k = 0; k < e.args.size(); ++k)
        if (m_.exprs[e.args[k]].type.kind == TypeKind::kIndex)
          add(MutationKind::kIndexShifted, kNoId, id, k,
              m_.states[e.ref].name + " read one index further", e.span);
    if (e.binders != kNoId)
      for (std::uint32_t n = 0; n < m_.binder_lists[e.binders].size(); ++n) {
        const Binder& b = m_.binder_lists[e.binders][n];
        if (b.hi == kNoId) continue;
        add(MutationKind::kRangeEndShifted, kNoId, id, 2 * n, "tested one index further", e.span);
        add(MutationKind::kRangeEndShifted, kNoId, id, 2 * n + 1, "tested one index less", e.span);
        expr(b.lo);
        expr(b.hi);
      }
    for (const ExprId a : e.args)
      expr(a);
  }

 private:
  void add(MutationKind kind, StmtId stmt, ExprId e, std::uint32_t detail, std::string what,
           base::Span span) {
    out_.push_back(
        {kind, stmt, e, detail, place_.empty() ? c_.name : place_, std::move(what), span});
  }

  const Module& m_;
  const Callable& c_;
  std::vector<Mutation>& out_;
  std::string place_;
};

ExprId shifted(Module& m, ExprId id, bool up) {
  ExprBuilder b(m);
  b.span = m.exprs[id].span;
  const Type type = m.exprs[id].type;
  return b.arith(up ? Op::kAdd : Op::kSub, id, b.constant(type, 1));
}

void shift_end(Module& m, Binder& b, bool up) {
  b.hi = shifted(m, b.hi, up);
}

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
  for (const Callable& f : module.fns)
    Sites(module, f, out).expr(f.expr);
  for (const Callable& p : module.procs)
    Sites(module, p, out).block(p.body);
  for (const Action& a : module.actions)
    Sites(module, a, out).block(a.body);
  return out;
}

Module apply(const Module& module, const Mutation& mu) {
  Module m = module;
  switch (mu.kind) {
    case MutationKind::kClauseDropped: {
      ExprBuilder b(m);
      const ExprId never = b.boolean(false);
      std::get<Guard>(m.stmts[mu.stmt].node).cond = never;
      break;
    }
    case MutationKind::kClausesSwapped: std::swap(m.stmts[mu.stmt], m.stmts[mu.detail]); break;
    case MutationKind::kUpdateDropped: {
      auto& assigns = std::get<Update>(m.stmts[mu.stmt].node).assigns;
      assigns.erase(assigns.begin() + mu.detail);
      break;
    }
    case MutationKind::kRangeEndShifted:
      if (mu.stmt != kNoId) {
        Binder b = std::get<Update>(m.stmts[mu.stmt].node).binders[mu.detail / 2];
        shift_end(m, b, mu.detail % 2 == 0);
        std::get<Update>(m.stmts[mu.stmt].node).binders[mu.detail / 2] = b;
      } else {
        Binder b = m.binder_lists[m.exprs[mu.expr].binders][mu.detail / 2];
        shift_end(m, b, mu.detail % 2 == 0);
        m.binder_lists[m.exprs[mu.expr].binders][mu.detail / 2] = b;
      }
      break;
    case MutationKind::kComparisonFlipped: {
      Expr& e = m.exprs[mu.expr];
      if (e.op == Op::kLt)
        e.op = Op::kLe;
      else if (e.op == Op::kLe)
        e.op = Op::kLt;
      else if (e.op == Op::kForall)
        e.op = Op::kExists;
      else if (e.op == Op::kExists)
        e.op = Op::kForall;
      else {
        const Expr inner = e;
        m.exprs.push_back(inner);
        const auto moved = static_cast<ExprId>(m.exprs.size() - 1);
        Expr& outer = m.exprs[mu.expr];
        outer.op = Op::kNot;
        outer.args = {moved};
      }
      break;
    }
    case MutationKind::kIndexShifted: {
      const ExprId key = shifted(m, m.exprs[mu.expr].args[mu.detail], true);
      m.exprs[mu.expr].args[mu.detail] = key;
      break;
    }
  }
  return m;
}

}  // namespace gms::ir
