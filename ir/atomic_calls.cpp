#include "ir/atomic_calls.h"

#include <algorithm>
#include <optional>

#include "ir/calls.h"
#include "ir/walk_types.h"

namespace gms::ir {
namespace {

class CallForgetter {
 public:
  explicit CallForgetter(Module& module)
      : m_(module), calls_(call_domain(module)), gone_(states_of_calls(module)) {}

  void run() {
    if (calls_ == kNoId) return;
    drop_properties();
    while (simplify()) {
    }
    for (Callable& proc : m_.procs)
      block(proc.body);
    for (Action& action : m_.actions)
      block(action.body);
    drop_functions_of_calls();
    renumber_states();
    renumber_domains();
  }

 private:
  bool is_call(const Type& type) const {
    return type.kind == TypeKind::kHandle && type.decl == calls_;
  }

  void drop_properties() {
    std::erase_if(m_.properties, [&](const Property& p) {
      if (p.kind == PropertyKind::kLaw) return false;
      return speaks_of_calls(m_, p.expr);
    });
  }

  // ---- Expressions: nodes have one user, so they are changed where they are ----
  std::optional<bool> constant(ExprId id) const {
    const Expr& e = m_.exprs[id];
    if (e.op != Op::kConst || e.type.kind != TypeKind::kBool || e.type.optional) return {};
    return e.value != 0;
  }

  void become(Expr& e, bool value) {
    e = {Op::kConst, {}, {}, value ? 1u : 0u, kNoId, kNoId, e.span};
  }
  void become_operand(Expr& e, std::size_t i) {
    const Expr operand = m_.exprs[e.args[i]];
    e = operand;
  }

  // One round, from the operands up. True if something changed.
  bool simplify() {
    bool changed = false;
    for (Expr& e : m_.exprs)
      changed = simplify(e) || changed;
    return changed;
  }

  bool simplify(Expr& e) {
    switch (e.op) {
      case Op::kState: {
        if (!gone_[e.ref]) return false;
        const State& state = m_.states[e.ref];
        const Op op = state.initial_none ? Op::kNone : Op::kConst;
        e = {op, e.type, {}, state.initial_none ? 0 : state.initial, kNoId, kNoId, e.span};
        return true;
      }
      case Op::kLive:
        if (e.ref != calls_) return false;
        become(e, false);
        return true;
      case Op::kForall:
      case Op::kExists: {
        const std::vector<Binder>& list = m_.binder_lists[e.binders];
        const auto body = constant(e.args[0]);
        const bool empty =
            std::any_of(list.begin(), list.end(), [&](const Binder& b) { return is_call(b.type); });
        // Of no element, and what needs none.
        if (!empty && body != (e.op == Op::kForall)) return false;
        become(e, e.op == Op::kForall);
        return true;
      }
      case Op::kCall: {
        const auto value = constant(m_.fns[e.ref].expr);
        if (!value) return false;
        become(e, *value);
        return true;
      }
      case Op::kIsSome:
        if (m_.exprs[e.args[0]].op != Op::kNone) return false;
        become(e, false);
        return true;
      case Op::kNot: {
        const auto a = constant(e.args[0]);
        if (a) become(e, !*a);
        return a.has_value();
      }
      case Op::kAnd:
      case Op::kOr: {
        const bool decides = e.op == Op::kOr;
        for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
          const auto a = constant(e.args[i]);
          if (!a) continue;
          if (*a == decides) {
            become(e, decides);
          } else {
            become_operand(e, 1 - i);
          }
          return true;
        }
        return false;
      }
      case Op::kImplies: {
        const auto a = constant(e.args[0]), b = constant(e.args[1]);
        if (a == false || b == true) {
          become(e, true);
        } else if (a == true) {
          become_operand(e, 1);
        } else {
          return false;
        }
        return true;
      }
      case Op::kIte: {
        const auto a = constant(e.args[0]);
        if (a) become_operand(e, *a ? 1 : 2);
        return a.has_value();
      }
      default: return false;
    }
  }

  // ---- Statements ----
  void block(Block& statements) {
    Block kept;
    for (const StmtId id : statements) {
      Stmt& s = m_.stmts[id];
      if (auto* update = std::get_if<Update>(&s.node)) {
        std::erase_if(update->assigns, [&](const Update::One& one) { return gone_[one.state]; });
        const bool of_calls = std::any_of(update->binders.begin(), update->binders.end(),
                                          [&](const Binder& b) { return is_call(b.type); });
        if (update->assigns.empty() || of_calls) continue;
      }
      if (auto* branch = std::get_if<If>(&s.node)) {
        block(branch->then_block);
        block(branch->else_block);
        if (branch->then_block.empty() && branch->else_block.empty()) continue;
      } else if (auto* step = std::get_if<Step>(&s.node)) {
        block(step->body);
      } else if (auto* each = std::get_if<Each>(&s.node)) {
        block(each->body);
        if (is_call(each->binder.type)) continue;
      }
      kept.push_back(id);
    }
    statements = std::move(kept);
  }

  // ---- Numbers ----
  void drop_functions_of_calls() {
    // Nothing calls them any more; what is left of their bodies is a value.
    for (Callable& fn : m_.fns) {
      for (Local& local : fn.locals)
        if (is_call(local.type)) local.type = {};
    }
  }

  void renumber_states() {
    std::vector<StateId> now(m_.states.size(), kNoId);
    std::vector<State> kept;
    for (StateId id = 0; id < m_.states.size(); ++id) {
      if (gone_[id]) continue;
      now[id] = static_cast<StateId>(kept.size());
      kept.push_back(m_.states[id]);
    }
    m_.states = std::move(kept);
    for (Expr& e : m_.exprs)
      if (e.op == Op::kState) e.ref = now[e.ref];
    for (Stmt& s : m_.stmts) {
      auto* update = std::get_if<Update>(&s.node);
      if (update == nullptr) continue;
      for (Update::One& one : update->assigns)
        if (now[one.state] != kNoId) one.state = now[one.state];
    }
    for (Property& p : m_.properties)
      for (StateId& id : p.agree)
        id = now[id];
  }

  void renumber_domains() {
    m_.domains.erase(m_.domains.begin() + calls_);
    for_each_type(m_, [&](Type& type) {
      if (type.kind == TypeKind::kHandle && type.decl != kNoId && type.decl > calls_) --type.decl;
    });
    for (Expr& e : m_.exprs)
      if (e.op == Op::kLive && e.ref > calls_) --e.ref;
  }

  Module& m_;
  const DomainId calls_;
  const std::vector<bool> gone_;  // states
};

}  // namespace

void forget_calls(Module& module) {
  CallForgetter(module).run();
}

}  // namespace gms::ir
