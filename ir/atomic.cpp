#include "ir/atomic.h"

#include <utility>

#include "ir/atomic_calls.h"
#include "ir/build.h"
#include "ir/taint.h"
#include "ir/walk.h"

namespace gms::ir {
namespace {

using Renames = std::vector<std::pair<VarId, VarId>>;

class AtomicPass {
 public:
  explicit AtomicPass(Module& module) : m_(module), build_(module) {}

  void run(Callable& callable) {
    // Statements and expressions are appended while the callable is rewritten, callables are not.
    callable_ = &callable;
    Block result;
    block(Block(callable.body), result);
    callable.body = std::move(result);
  }

 private:
  void block(const Block& from, Block& out) {
    for (StmtId id : from)
      stmt(id, out);
  }

  void stmt(StmtId id, Block& out) {
    const Stmt s = m_.stmts[id];  // by value: the vector grows
    if (const auto* step = std::get_if<Step>(&s.node)) return block(step->body, out);
    if (const auto* scan = std::get_if<Scan>(&s.node)) return this->scan(*scan, s.span, out);
    if (const auto* each = std::get_if<Each>(&s.node)) {
      std::vector<Binder> binders{each->binder};
      std::vector<ExprId> conditions;
      if (each->where != kNoId) conditions.push_back(each->where);
      return this->each(each->body, binders, conditions, out);
    }
    if (const auto* branch = std::get_if<If>(&s.node)) {
      If result{branch->cond, {}, {}};
      block(branch->then_block, result.then_block);
      block(branch->else_block, result.else_block);
      out.push_back(add_stmt(m_, std::move(result), s.span));
      return;
    }
    const bool gone =
        std::holds_alternative<Acquire>(s.node) || std::holds_alternative<Release>(s.node) ||
        std::holds_alternative<Await>(s.node) || std::holds_alternative<Sample>(s.node) ||
        std::holds_alternative<Retry>(s.node);
    if (!gone) out.push_back(id);
  }

  void scan(const Scan& s, base::Span span, Block& out) {
    build_.span = span;
    std::vector<Local>& locals = callable_->locals;
    const VarId old = s.binder.var;
    const std::string name = locals[old].name;
    const VarId cursor = add_local(locals, name, s.binder.type);
    const VarId found = add_local(locals, name + ".first", optional_of(s.binder.type));
    const VarId witness = add_local(locals, name, s.binder.type);

    ExprId any = kNoId;
    for (StmtId id : s.body) {
      const auto cond = build_.copy(std::get<Guard>(m_.stmts[id].node).cond, {{old, cursor}});
      any = any == kNoId ? cond : build_.either(any, cond);
    }
    const Binder binder = build_.copy(s.binder, {{old, cursor}});
    const ExprId first = build_.first(binder, any);
    out.push_back(add_stmt(m_, Let{found, first}, span));
    out.push_back(add_stmt(m_, Let{witness, build_.unwrap(build_.var(locals, found))}, span));
    for (StmtId id : s.body) {
      Stmt exit = m_.stmts[id];
      auto& guard = std::get<Guard>(exit.node);
      ExprId cond = build_.is_some(build_.var(locals, found));
      if (s.body.size() > 1) {
        cond = build_.both(cond, build_.copy(guard.cond, {{old, witness}}));
      }
      guard.cond = cond;
      for (Assign& assign : guard.with)
        assign.value = build_.copy(assign.value, {{old, witness}});
      out.push_back(add_stmt(m_, std::move(exit.node), exit.span));
    }
  }

  void each(const Block& body, std::vector<Binder>& binders, std::vector<ExprId>& conditions,
            Block& out) {
    for (StmtId id : body) {
      const Stmt s = m_.stmts[id];
      if (const auto* step = std::get_if<Step>(&s.node)) {
        each(step->body, binders, conditions, out);
      } else if (const auto* branch = std::get_if<If>(&s.node)) {
        conditions.push_back(branch->cond);
        each(branch->then_block, binders, conditions, out);
        build_.span = s.span;
        conditions.back() = build_.negate(build_.copy(branch->cond));
        each(branch->else_block, binders, conditions, out);
        conditions.pop_back();
      } else if (const auto* update = std::get_if<Update>(&s.node)) {
        this->update(*update, s.span, binders, conditions, out);
      }
    }
  }

  // The update with the outer binders and conditions in front. Binders are bound once, so every
  // update gets its own.
  void update(const Update& from, base::Span span, const std::vector<Binder>& outer,
              const std::vector<ExprId>& conditions, Block& out) {
    build_.span = span;
    Renames renames;
    for (const Binder& b : outer) {
      renames.emplace_back(b.var,
                           add_local(callable_->locals, callable_->locals[b.var].name, b.type));
    }
    const auto copy = [&](ExprId id) { return id == kNoId ? kNoId : build_.copy(id, renames); };
    Update result;
    for (const Binder& b : outer)
      result.binders.push_back(build_.copy(b, renames));
    for (const Binder& b : from.binders)
      result.binders.push_back(build_.copy(b, renames));
    for (ExprId id : conditions) {
      result.where = result.where == kNoId ? copy(id) : build_.both(result.where, copy(id));
    }
    if (from.where != kNoId) {
      result.where =
          result.where == kNoId ? copy(from.where) : build_.both(result.where, copy(from.where));
    }
    for (const Update::One& one : from.assigns) {
      Update::One to{one.state, {}, copy(one.value)};
      for (ExprId key : one.keys)
        to.keys.push_back(copy(key));
      result.assigns.push_back(std::move(to));
    }
    out.push_back(add_stmt(m_, std::move(result), span));
  }

  Module& m_;
  ExprBuilder build_;
  Callable* callable_ = nullptr;
};

// The locals of a property start with the action's; `before` of them did until now.
void follow_action(Module& module, Property& property, std::size_t before,
                   const std::vector<Local>& now) {
  const std::size_t added = now.size() - before;
  if (added == 0) return;
  Renames renames;
  for (std::size_t i = before; i < property.locals.size(); ++i) {
    renames.emplace_back(static_cast<VarId>(i), static_cast<VarId>(i + added));
  }
  property.locals.insert(property.locals.begin() + static_cast<std::ptrdiff_t>(before),
                         now.begin() + static_cast<std::ptrdiff_t>(before), now.end());
  property.expr = ExprBuilder(module).copy(property.expr, renames);
}

}  // namespace

Module to_atomic(const Module& module) {
  Module result = module;
  forget_calls(result);
  AtomicPass pass(result);
  for (Callable& proc : result.procs)
    pass.run(proc);
  for (Action& action : result.actions)
    pass.run(action);
  for (Property& property : result.properties) {
    if (property.kind == PropertyKind::kLaw || property.actions.size() != 1) continue;
    const ActionId id = property.actions[0];
    follow_action(result, property, module.actions[id].locals.size(), result.actions[id].locals);
  }
  // What only decided whether a call starts again decides nothing any more.
  mark_observe_only(result);
  return result;
}

}  // namespace gms::ir
