#include "ir/calls.h"

#include <algorithm>

#include "ir/find_expr.h"

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

bool speaks_of_calls(const Module& module, ExprId id) {
  const DomainId calls = call_domain(module);
  if (calls == kNoId) return false;
  return has_node(module, id, false, [&](const Expr& e) {
    if (is_call(e.type, calls)) return true;
    if (e.binders == kNoId) return false;
    const std::vector<Binder>& list = module.binder_lists[e.binders];
    return std::any_of(list.begin(), list.end(),
                       [&](const Binder& b) { return is_call(b.type, calls); });
  });
}

}  // namespace gms::ir
