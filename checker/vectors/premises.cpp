#include "checker/vectors/premises.h"

#include "ir/build.h"

namespace gms::check {
namespace {

using ir::ExprId;
using ir::Op;

/// What has to hold for the claim to say something, for some values of its variables; kNoId: it
/// always says something.
ExprId premise_of(ir::Module& m, ir::ExprBuilder& build, ExprId claim) {
  const ir::Expr e = m.exprs[claim];
  if (e.op == Op::kForall) {
    const ExprId inner = premise_of(m, build, e.args[0]);
    if (inner == ir::kNoId) return ir::kNoId;
    std::vector<ir::Binder> binders;
    for (std::size_t i = 0; i < m.binder_lists[e.binders].size(); ++i)
      binders.push_back(build.copy(ir::Binder(m.binder_lists[e.binders][i])));
    return build.exists(std::move(binders), inner);
  }
  if (e.op != Op::kImplies) return ir::kNoId;
  const ExprId first = build.copy(e.args[0]);
  const ExprId next = premise_of(m, build, e.args[1]);
  return next == ir::kNoId ? first : build.both(first, next);
}

}  // namespace

Premises with_premises(const ir::Module& module) {
  Premises out{module, {}};
  ir::ExprBuilder build(out.module);
  for (std::uint32_t p = 0; p < module.properties.size(); ++p) {
    const ir::Property& property = module.properties[p];
    if (!property.is_invariant() && property.kind != ir::PropertyKind::kTwoState) continue;
    const ExprId premise = premise_of(out.module, build, property.expr);
    if (premise == ir::kNoId) continue;
    ir::Property cover = property;
    cover.kind = ir::PropertyKind::kCover;
    cover.name = "premise_of_" + property.name;
    cover.expr = premise;
    cover.expect_refuted = false;
    // A cover of no action is one of a state.
    if (property.kind == ir::PropertyKind::kTwoState && cover.actions.empty())
      for (ir::ActionId a = 0; a < module.actions.size(); ++a)
        cover.actions.push_back(a);
    out.premises.push_back({p, static_cast<std::uint32_t>(out.module.properties.size())});
    out.module.properties.push_back(std::move(cover));
  }
  return out;
}

}  // namespace gms::check
