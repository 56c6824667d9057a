#include "gen/sema/copy.h"

#include <limits>
#include <map>

namespace gms::gen::sema {

namespace {

class Copier {
 public:
  /// At `limit` nodes in the module it gives up: functions that call functions twice double at each
  /// level.
  Copier(Context& context, Frame& frame, bool after, std::size_t limit)
      : ctx_(context), frame_(frame), after_(after), limit_(limit) {}

  std::map<ir::VarId, ir::ExprId> values;  // of a function's parameters

  ir::ExprId copy(ir::ExprId id, const std::vector<ir::Local>& locals) {
    if (ctx_.module.exprs.size() >= limit_) return id;
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
    for (ir::ExprId& arg : node.args)
      arg = copy(arg, locals);
    if (after_ && node.op == ir::Op::kCall) return call(node.ref, node.args);
    if (after_ && (node.op == ir::Op::kState || node.op == ir::Op::kLive)) node.value = 1;
    return ctx_.build.add(std::move(node));
  }

  ir::ExprId call(ir::FnId fn, const std::vector<ir::ExprId>& args) {
    Copier copier(ctx_, frame_, true, limit_);
    const ir::Callable callee = ctx_.module.fns[fn];
    for (std::size_t i = 0; i < callee.params.size(); ++i)
      copier.values[callee.params[i]] = args[i];
    return copier.copy(callee.expr, callee.locals);
  }

 private:
  Context& ctx_;
  Frame& frame_;
  bool after_;
  std::size_t limit_;
  std::map<ir::VarId, ir::VarId> renamed_;
};

}  // namespace

ir::ExprId again(Context& context, Frame& frame, ir::ExprId id) {
  if (!context.build.extent(id).binds) return id;
  // The frame's locals grow while the copy is made.
  const std::vector<ir::Local> locals = frame.locals;
  return Copier(context, frame, false, std::numeric_limits<std::size_t>::max()).copy(id, locals);
}

ir::ExprId value_after(Context& context, Frame& frame, ir::FnId fn,
                       const std::vector<ir::ExprId>& args) {
  const std::size_t limit = context.module.exprs.size() + Builder::kTooManyNodes;
  const ir::ExprId result = Copier(context, frame, true, limit).call(fn, args);
  return context.module.exprs.size() >= limit ? ir::kNoId : result;
}

}  // namespace gms::gen::sema
