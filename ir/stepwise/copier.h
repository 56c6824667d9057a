// Copies of expressions for another callable or property: what a local means there is said by the
// caller, and binders get locals of their own.
#pragma once

#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "ir/ir.h"

namespace gms::ir::stepwise {

class Copier {
 public:
  /// `meaning` is asked for each local that is no binder, and for `self`; kNoId: copied as it is.
  /// Binders are added to `locals`.
  Copier(Module& module, const std::vector<Local>& from, std::vector<Local>& locals,
         std::function<ExprId(const Expr&)> meaning)
      : m_(module), from_(from), locals_(locals), meaning_(std::move(meaning)) {}

  ExprId copy(ExprId id) {
    if (id == kNoId) return kNoId;
    Expr e = m_.exprs[id];  // by value: the vector grows
    if (e.op == Op::kVar) {
      const auto binder = binders_.find(e.ref);
      if (binder != binders_.end()) e.ref = binder->second;
    }
    if ((e.op == Op::kVar && binders_.count(m_.exprs[id].ref) == 0) || e.op == Op::kSelf) {
      const ExprId meant = meaning_(e);
      if (meant != kNoId) return meant;
    }
    if (e.binders != kNoId) {
      std::vector<Binder> list;
      for (std::size_t i = 0; i < m_.binder_lists[e.binders].size(); ++i)
        list.push_back(bind(Binder(m_.binder_lists[e.binders][i])));
      m_.binder_lists.push_back(std::move(list));
      e.binders = static_cast<std::uint32_t>(m_.binder_lists.size() - 1);
    }
    for (ExprId& arg : e.args)
      arg = copy(arg);
    m_.exprs.push_back(std::move(e));
    return static_cast<ExprId>(m_.exprs.size() - 1);
  }

  /// For an update or a quantifier: its variable is a new local from here on.
  Binder bind(Binder binder) {
    if (binder.lo != kNoId) binder.lo = copy(binder.lo);
    if (binder.hi != kNoId) binder.hi = copy(binder.hi);
    locals_.push_back({from_[binder.var].name, binder.type});
    const auto var = static_cast<VarId>(locals_.size() - 1);
    binders_[binder.var] = var;
    binder.var = var;
    return binder;
  }

 private:
  Module& m_;
  const std::vector<Local>& from_;
  std::vector<Local>& locals_;
  std::function<ExprId(const Expr&)> meaning_;
  std::map<VarId, VarId> binders_;
};

}  // namespace gms::ir::stepwise
