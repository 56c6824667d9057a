#include "ir/taint.h"

#include "ir/walk.h"

namespace gms::ir {
namespace {

// A graph of flows, walked backwards from what decides. Nodes: state functions, functions' values,
// locals of each callable, and `kDecides`.
class Flows {
 public:
  explicit Flows(const Module& module) : m_(module) {
    next_ = 1;
    states_ = next_;
    next_ += m_.states.size();
    fns_ = next_;
    next_ += m_.fns.size();
    fn_locals_ = bases(m_.fns);
    proc_locals_ = bases(m_.procs);
    action_locals_ = bases(m_.actions);
    sources_.resize(next_);
    collect();
    walk();
  }

  bool state_decides(StateId id) const { return decides_[states_ + id]; }
  bool local_decides(ActionId action, VarId var) const {
    return decides_[action_locals_[action] + var];
  }

 private:
  using Node = std::size_t;
  static constexpr Node kDecides = 0;

  template <class Callables>
  std::vector<Node> bases(const Callables& callables) {
    std::vector<Node> result;
    for (const Callable& c : callables) {
      result.push_back(next_);
      next_ += c.locals.size();
    }
    return result;
  }

  // What the value of the expression is made of flows to `target`; what selects it decides.
  void flow(ExprId id, Node target, Node locals) {
    const Expr& e = m_.exprs[id];
    switch (e.op) {
      case Op::kVar:
        if (locals != kNoLocals) sources_[target].push_back(locals + e.ref);
        return;
      case Op::kState:
        sources_[target].push_back(states_ + e.ref);
        for (ExprId key : e.args)
          flow(key, kDecides, locals);
        return;
      case Op::kCall:
        sources_[target].push_back(fns_ + e.ref);
        for (std::size_t i = 0; i < e.args.size(); ++i) {
          flow(e.args[i], fn_locals_[e.ref] + m_.fns[e.ref].params[i], locals);
        }
        return;
      case Op::kIte:
        flow(e.args[0], kDecides, locals);
        flow(e.args[1], target, locals);
        flow(e.args[2], target, locals);
        return;
      case Op::kLive:
      case Op::kForall:
      case Op::kExists:
      case Op::kFirst:
        for_each_operand(m_, e, [&](ExprId operand) { flow(operand, kDecides, locals); });
        return;
      case Op::kConst:
      case Op::kNone:
      case Op::kParam:
      case Op::kSelf:
      case Op::kResult:
      case Op::kExit:
      case Op::kNot:
      case Op::kAnd:
      case Op::kOr:
      case Op::kImplies:
      case Op::kEq:
      case Op::kLt:
      case Op::kLe:
      case Op::kAdd:
      case Op::kSub:
      case Op::kMul:
      case Op::kDiv:
      case Op::kRem:
      case Op::kBitAnd:
      case Op::kBitOr:
      case Op::kBitXor:
      case Op::kShl:
      case Op::kShr:
      case Op::kNeg:
      case Op::kBitNot:
      case Op::kCast:
      case Op::kSome:
      case Op::kIsSome:
      case Op::kUnwrap: break;
    }
    for (ExprId arg : e.args)
      flow(arg, target, locals);
  }

  void collect_body(const Callable& c, Node locals) {
    for_each_stmt(m_, c.body, [&](StmtId, const Stmt& stmt) {
      if (const auto* let = std::get_if<Let>(&stmt.node)) {
        flow(let->value, locals + let->var, locals);
      } else if (const auto* assign = std::get_if<Assign>(&stmt.node)) {
        flow(assign->value, locals + assign->var, locals);
      } else if (const auto* update = std::get_if<Update>(&stmt.node)) {
        for (const Binder& b : update->binders) {
          if (b.lo != kNoId) flow(b.lo, kDecides, locals);
          if (b.hi != kNoId) flow(b.hi, kDecides, locals);
        }
        if (update->where != kNoId) flow(update->where, kDecides, locals);
        for (const Update::One& one : update->assigns) {
          for (ExprId key : one.keys)
            flow(key, kDecides, locals);
          if (one.value != kNoId) flow(one.value, states_ + one.state, locals);
        }
      } else if (const auto* guard = std::get_if<Guard>(&stmt.node)) {
        if (guard->cond != kNoId) flow(guard->cond, kDecides, locals);
        for (const Assign& a : guard->with)
          flow(a.value, locals + a.var, locals);
      } else if (const auto* ret = std::get_if<Return>(&stmt.node)) {
        if (ret->cond != kNoId) flow(ret->cond, kDecides, locals);
        for (std::size_t i = 0; i < ret->values.size(); ++i) {
          flow(ret->values[i], locals + c.outputs[i], locals);
        }
      } else if (const auto* call = std::get_if<Call>(&stmt.node)) {
        const Callable& callee = m_.procs[call->proc];
        const Node inner = proc_locals_[call->proc];
        for (std::size_t i = 0; i < call->args.size(); ++i) {
          flow(call->args[i], inner + callee.params[i], locals);
        }
        for (std::size_t i = 0; i < call->results.size(); ++i) {
          sources_[locals + call->results[i]].push_back(inner + callee.outputs[i]);
        }
      } else {
        // All that other statements read, they read to decide.
        for_each_expr(stmt, [&](ExprId id) { flow(id, kDecides, locals); });
      }
    });
  }

  void collect_event(const std::vector<EventStmt>& body) {
    const auto reads = [&](ExprId id) {
      if (id != kNoId) flow(id, kDecides, kNoLocals);
    };
    for (const EventStmt& s : body) {
      if (const auto* call = std::get_if<EventCall>(&s.node)) {
        for (ExprId arg : call->args)
          reads(arg);
        for (const EventCall::Observe& o : call->observes) {
          reads(o.value);
          reads(o.when);
        }
      } else if (const auto* branch = std::get_if<EventStmt::Branch>(&s.node)) {
        reads(branch->cond);
        collect_event(branch->then_body);
        collect_event(branch->else_body);
      } else if (const auto* loop = std::get_if<EventStmt::ForEach>(&s.node)) {
        collect_event(loop->body);
      }
    }
  }

  void collect() {
    for (FnId id = 0; id < m_.fns.size(); ++id)
      flow(m_.fns[id].expr, fns_ + id, fn_locals_[id]);
    for (ProcId id = 0; id < m_.procs.size(); ++id)
      collect_body(m_.procs[id], proc_locals_[id]);
    for (ActionId id = 0; id < m_.actions.size(); ++id) {
      collect_body(m_.actions[id], action_locals_[id]);
    }
    for (const Event& event : m_.events) {
      collect_event(event.body);
      for (const EventField& field : event.fields) {
        if (field.default_value != kNoId) flow(field.default_value, kDecides, kNoLocals);
        for (ExprId arg : field.on_missing_args)
          flow(arg, kDecides, kNoLocals);
      }
    }
  }

  void walk() {
    decides_.assign(next_, false);
    decides_[kDecides] = true;
    std::vector<Node> pending{kDecides};
    while (!pending.empty()) {
      const Node node = pending.back();
      pending.pop_back();
      for (Node source : sources_[node]) {
        if (decides_[source]) continue;
        decides_[source] = true;
        pending.push_back(source);
      }
    }
  }

  static constexpr Node kNoLocals = ~Node{0};
  const Module& m_;
  std::size_t next_ = 0;
  Node states_ = 0, fns_ = 0;
  std::vector<Node> fn_locals_, proc_locals_, action_locals_;
  std::vector<std::vector<Node>> sources_;  // by target
  std::vector<bool> decides_;
};

}  // namespace

ObserveOnly find_observe_only(const Module& module) {
  const Flows flows(module);
  ObserveOnly result;
  for (StateId id = 0; id < module.states.size(); ++id) {
    const bool handle = module.states[id].type.kind == TypeKind::kHandle;
    result.states.push_back(!handle && !flows.state_decides(id));
  }
  for (ActionId id = 0; id < module.actions.size(); ++id) {
    const Action& action = module.actions[id];
    std::vector<bool>& params = result.params.emplace_back();
    for (VarId var : action.params) {
      const bool handle = action.locals[var].type.kind == TypeKind::kHandle;
      params.push_back(!handle && !flows.local_decides(id, var));
    }
  }
  return result;
}

void mark_observe_only(Module& module) {
  ObserveOnly found = find_observe_only(module);
  for (StateId id = 0; id < module.states.size(); ++id) {
    module.states[id].observe_only = found.states[id];
  }
  for (ActionId id = 0; id < module.actions.size(); ++id) {
    module.actions[id].may_be_unlogged = std::move(found.params[id]);
  }
}

}  // namespace gms::ir
