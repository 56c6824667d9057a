#include "ir/smt/footprint.h"

#include <algorithm>

namespace gms::ir::smt {
namespace {

void collect(const Module& m, ExprId id, Footprint& out) {
  if (id == kNoId) return;
  const Expr& e = m.exprs[id];
  if (e.op == Op::kState) out.states.insert(e.ref);
  if (e.op == Op::kLive) out.domains.insert(e.ref);
  if (e.op == Op::kCall) collect(m, m.fns[e.ref].expr, out);
  for (const ExprId a : e.args)
    collect(m, a, out);
  if (e.binders == kNoId) return;
  for (const Binder& b : m.binder_lists[e.binders]) {
    if (b.type.kind == TypeKind::kHandle) out.domains.insert(b.type.decl);
    collect(m, b.lo, out);
    collect(m, b.hi, out);
  }
}

}  // namespace

bool Footprint::meets(const std::set<StateId>& s, const std::set<DomainId>& d) const {
  const auto hit = [](const auto& a, const auto& b) {
    return std::any_of(a.begin(), a.end(), [&](const auto& x) { return b.count(x) > 0; });
  };
  return hit(states, s) || hit(domains, d);
}

Footprint footprint(const Module& module, ExprId e) {
  Footprint out;
  collect(module, e, out);
  return out;
}

}  // namespace gms::ir::smt
