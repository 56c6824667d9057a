#include "gen/sema/copy.h"

#include <algorithm>
#include <map>

namespace gms::gen::sema {

namespace {

class Copier {
 public:
  Copier(Context& context, Frame& frame, bool after)
      : ctx_(context), frame_(frame), after_(after) {}

  std::map<ir::VarId, ir::ExprId> values;  // of a function's parameters

  ir::ExprId copy(ir::ExprId id, const std::vector<ir::Local>& locals) {
    ir::Expr node = ctx_.build.at(id);
    if (node.op == ir::Op::kVar) {
      if (const auto value = values.find(node.ref); value != values.end())
        return again(ctx_, frame_, value->second);
      if (const auto name = renamed_.find(node.ref); name != renamed_.end())
        node.ref = name->second;
      return ctx_.build.add(std::move(node));
    }
    if (node.binders != ir::kNoId) {
      std::vector<ir::Binder> list = ctx_.module.binder_lists[node.binders];
      for (ir::Binder& binder : list) {
        if (binder.lo != ir::kNoId) {
          binder.lo = copy(binder.lo, locals);
          binder.hi = copy(binder.hi, locals);
        }
        const std::string name = locals[binder.var].name;
        const ir::VarId fresh = frame_.new_var(name, binder.type);
        renamed_[binder.var] = fresh;
        binder.var = fresh;
      }
      const ir::ExprId body = copy(node.args[0], locals);
      return ctx_.build.quantifier(node.op, node.type, std::move(list), body, node.span);
    }
    for (ir::ExprId& arg : node.args) arg = copy(arg, locals);
    if (after_ && node.op == ir::Op::kCall)
      return value_after(ctx_, frame_, node.ref, node.args);
    if (after_ && (node.op == ir::Op::kState || node.op == ir::Op::kLive)) node.value = 1;
    return ctx_.build.add(std::move(node));
  }

 private:
  Context& ctx_;
  Frame& frame_;
  bool after_;
  std::map<ir::VarId, ir::VarId> renamed_;
};

bool binds(const ir::Module& module, ir::ExprId id) {
  const ir::Expr& expr = module.exprs[id];
  return expr.binders != ir::kNoId ||
         std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ir::ExprId arg) { return binds(module, arg); });
}

}  // namespace

ir::ExprId again(Context& context, Frame& frame, ir::ExprId id) {
  if (!binds(context.module, id)) return id;
  // The frame's locals grow while the copy is made.
  const std::vector<ir::Local> locals = frame.locals;
  return Copier(context, frame, false).copy(id, locals);
}

ir::ExprId value_after(Context& context, Frame& frame, ir::FnId fn,
                       const std::vector<ir::ExprId>& args) {
  Copier copier(context, frame, true);
  const ir::Callable callee = context.module.fns[fn];
  for (std::size_t i = 0; i < callee.params.size(); ++i) copier.values[callee.params[i]] = args[i];
  return copier.copy(callee.expr, callee.locals);
}

}  // namespace gms::gen::sema
