#include "ir/stepwise/conjuncts.h"

#include <map>

#include "ir/build.h"

namespace gms::ir::stepwise {
namespace {

class Splitter {
 public:
  Splitter(Module& module, const NewLocal& new_local)
      : m_(module), build_(module), new_local_(new_local) {}

  void split(ExprId id, bool negated, std::vector<ExprId>& out) {
    const Expr e = m_.exprs[id];
    if (e.op == Op::kNot) return split(e.args[0], !negated, out);
    if (e.op == (negated ? Op::kOr : Op::kAnd)) {
      split(e.args[0], negated, out);
      split(e.args[1], negated, out);
      return;
    }
    if (e.op == Op::kImplies && negated) {
      split(e.args[0], false, out);
      split(e.args[1], true, out);
      return;
    }
    if (e.op == Op::kImplies) {
      std::vector<ExprId> parts;
      split(e.args[1], false, parts);
      for (const ExprId part : parts)
        out.push_back(build_.implies(build_.copy(e.args[0]), part));
      return;
    }
    if (e.op == Op::kEq && !negated) {
      // What is chosen by a condition is known by cases: others may break one and leave the rest.
      for (const bool left : {true, false}) {
        const Expr side = m_.exprs[e.args[left ? 0 : 1]];
        if (side.op != Op::kIte) continue;
        const ExprId same = e.args[left ? 1 : 0];
        for (const bool yes : {true, false}) {
          const ExprId cond =
              yes ? build_.copy(side.args[0]) : build_.negate(build_.copy(side.args[0]));
          const ExprId value = build_.copy(side.args[yes ? 1 : 2]);
          split(build_.implies(cond, build_.eq(build_.copy(same), value)), false, out);
        }
        return;
      }
    }
    if (e.op == Op::kCall && comes_apart(e, negated)) return split(written_out(e), negated, out);
    if (e.op == (negated ? Op::kExists : Op::kForall)) {
      std::vector<ExprId> parts;
      split(e.args[0], negated, parts);
      for (const ExprId part : parts) {
        std::vector<Binder> binders;
        for (const Binder& b : std::vector<Binder>(m_.binder_lists[e.binders]))
          binders.push_back(build_.copy(b));
        out.push_back(build_.forall(std::move(binders), part));
      }
      return;
    }
    out.push_back(negated ? build_.negate(build_.copy(id)) : build_.copy(id));
  }

 private:
  bool comes_apart(const Expr& call, bool negated) const {
    Expr body = m_.exprs[m_.fns[call.ref].expr];
    while (body.op == Op::kNot) {
      negated = !negated;
      body = m_.exprs[body.args[0]];
    }
    return body.op == (negated ? Op::kOr : Op::kAnd) || body.op == Op::kCall ||
           body.op == (negated ? Op::kExists : Op::kForall) || (negated && body.op == Op::kImplies);
  }

  ExprId written_out(const Expr& call) {
    const Callable fn = m_.fns[call.ref];
    std::map<VarId, ExprId> args;
    for (std::size_t i = 0; i < fn.params.size(); ++i)
      args[fn.params[i]] = call.args[i];
    std::map<VarId, VarId> binders;
    return substitute(fn.expr, fn, args, binders);
  }

  ExprId substitute(ExprId id, const Callable& fn, const std::map<VarId, ExprId>& args,
                    std::map<VarId, VarId>& binders) {
    Expr e = m_.exprs[id];
    if (e.op == Op::kVar) {
      if (const auto arg = args.find(e.ref); arg != args.end()) return build_.copy(arg->second);
      e.ref = binders.at(e.ref);
    }
    if (e.binders != kNoId) {
      std::vector<Binder> list = m_.binder_lists[e.binders];
      for (Binder& b : list) {
        if (b.lo != kNoId) b.lo = substitute(b.lo, fn, args, binders);
        if (b.hi != kNoId) b.hi = substitute(b.hi, fn, args, binders);
        binders[b.var] = new_local_(fn.locals[b.var]);
        b.var = binders[b.var];
      }
      m_.binder_lists.push_back(std::move(list));
      e.binders = static_cast<std::uint32_t>(m_.binder_lists.size() - 1);
    }
    for (ExprId& arg : e.args)
      arg = substitute(arg, fn, args, binders);
    m_.exprs.push_back(std::move(e));
    return static_cast<ExprId>(m_.exprs.size() - 1);
  }

  Module& m_;
  ExprBuilder build_;
  const NewLocal& new_local_;
};

}  // namespace

std::vector<ExprId> conjuncts_of(Module& module, ExprId claim, const NewLocal& new_local) {
  std::vector<ExprId> out;
  Splitter(module, new_local).split(claim, false, out);
  return out;
}

}  // namespace gms::ir::stepwise
