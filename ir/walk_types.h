// Every type that a module mentions, for passes that give declarations other numbers.
#pragma once

#include "ir/ir.h"

namespace gms::ir {

/// Calls fn(Type&) for the types of expressions, binders, locals, keys, values, parameters and
/// constants.
template <class Fn>
void for_each_type(Module& module, Fn&& fn) {
  const auto locals = [&](std::vector<Local>& all) {
    for (Local& local : all)
      fn(local.type);
  };
  const auto types = [&](std::vector<Type>& all) {
    for (Type& type : all)
      fn(type);
  };
  for (Expr& e : module.exprs)
    fn(e.type);
  for (std::vector<Binder>& list : module.binder_lists)
    for (Binder& b : list)
      fn(b.type);
  for (Stmt& s : module.stmts) {
    if (auto* update = std::get_if<Update>(&s.node)) {
      for (Binder& b : update->binders)
        fn(b.type);
    } else if (auto* scan = std::get_if<Scan>(&s.node)) {
      fn(scan->binder.type);
    } else if (auto* each = std::get_if<Each>(&s.node)) {
      fn(each->binder.type);
    }
  }
  for (State& state : module.states) {
    fn(state.type);
    types(state.keys);
  }
  for (Lock& lock : module.locks)
    types(lock.keys);
  for (Param& param : module.params)
    fn(param.type);
  for (Const& constant : module.consts)
    fn(constant.type);
  for (Callable& callable : module.fns)
    locals(callable.locals);
  for (Callable& callable : module.procs)
    locals(callable.locals);
  for (Action& action : module.actions)
    locals(action.locals);
  for (Property& property : module.properties)
    locals(property.locals);
  for (Event& event : module.events)
    locals(event.locals);
}

}  // namespace gms::ir
