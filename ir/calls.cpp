#include "ir/calls.h"

#include <algorithm>

#include "ir/walk.h"

namespace gms::ir {

DomainId call_domain(const Module& module) {
  for (DomainId id = 0; id < module.domains.size(); ++id)
    if (module.domains[id].name == "Call") return id;
  return kNoId;
}

namespace {

bool is_call(const Type& type, DomainId calls) {
  return calls != kNoId && type.kind == TypeKind::kHandle && type.decl == calls;
}

}  // namespace

std::vector<bool> states_of_calls(const Module& module) {
  const DomainId calls = call_domain(module);
  std::vector<bool> result;
  for (const State& state : module.states) {
    result.push_back(is_call(state.type, calls) ||
                     std::any_of(state.keys.begin(), state.keys.end(),
                                 [&](const Type& key) { return is_call(key, calls); }));
  }
  return result;
}

namespace {

bool about_calls(const Module& module, ExprId id, bool through_functions) {
  const DomainId calls = call_domain(module);
  if (calls == kNoId || id == kNoId) return false;
  const Expr& e = module.exprs[id];
  if (is_call(e.type, calls)) return true;
  if (e.binders != kNoId) {
    for (const Binder& binder : module.binder_lists[e.binders])
      if (is_call(binder.type, calls)) return true;
  }
  if (through_functions && e.op == Op::kCall && about_calls(module, module.fns[e.ref].expr, true))
    return true;
  bool found = false;
  for_each_operand(
      module, e, [&](ExprId arg) { found = found || about_calls(module, arg, through_functions); });
  return found;
}

}  // namespace

bool is_about_calls(const Module& module, ExprId id) {
  return about_calls(module, id, true);
}

bool speaks_of_calls(const Module& module, ExprId id) {
  return about_calls(module, id, false);
}

std::vector<bool> functions_of_calls(const Module& module) {
  const DomainId calls = call_domain(module);
  std::vector<bool> result;
  for (const Callable& fn : module.fns) {
    result.push_back(is_about_calls(module, fn.expr) ||
                     std::any_of(fn.params.begin(), fn.params.end(),
                                 [&](VarId var) { return is_call(fn.locals[var].type, calls); }));
  }
  return result;
}

}  // namespace gms::ir
