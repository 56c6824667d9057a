// Whether functions, procedures and actions are well-formed.
#include <algorithm>

#include "ir/verifier.h"
#include "ir/walk.h"

namespace gms::ir {

// ---- Callables ----------------------------------------------------------------------------------

bool Verifier::enter(std::string where, const Callable& c, FnId fn_limit, bool inputs_only) {
  ExprContext context;
  context.locals = &c.locals;
  context.fn_limit = fn_limit;
  context.where = std::move(where);
  exprs_.enter(std::move(context));
  callable_ = &c;
  let_.assign(c.locals.size(), false);
  bool ok = true;
  for (VarId var : c.params) {
    ok = exprs_.claim(var, Role::kValue, c.span) && ok;
    exprs_.assigned()[var] = true;
  }
  if (!inputs_only) {
    for (VarId var : c.outputs)
      ok = exprs_.claim(var, Role::kValue, c.span) && ok;
  }
  return ok;
}

void Verifier::function(FnId id) {
  const Callable& fn = m_.fns[id];
  if (!enter("fn " + fn.name, fn, id, true)) return;
  if (!fn.body.empty() || !fn.outputs.empty()) exprs_.fail(fn.span, "a function has no body");
  exprs_.measure_from_here();
  exprs_.check(fn.expr);
  exprs_.set_fn_depth(id);
}

void Verifier::procedure(ProcId id) {
  const Callable& proc = m_.procs[id];
  proc_ = id;
  action_ = kNoId;
  if (!enter("procedure " + proc.name, proc, kNoId, false)) return;
  deepest_block_ = 0;
  const bool ends = block(proc.body);
  proc_depth_[id] = deepest_block_;
  if (!ends) return;
  for (VarId var : proc.outputs) {
    if (!exprs_.assigned()[var]) {
      exprs_.fail(proc.span, "its end leaves '" + proc.locals[var].name + "' unassigned");
    }
  }
}

void Verifier::action(ActionId id) {
  const Action& action = m_.actions[id];
  action_ = id;
  proc_ = kNoId;
  if (!enter("action " + action.name, action, kNoId, false)) return;
  const bool ends = block(action.body);
  if (action.ok_clause == kNoId
          ? ends
          : action.ok_clause >= m_.clauses.size() || m_.clauses[action.ok_clause].action != id) {
    exprs_.fail(action.span, "its end has no clause of its own");
  }
}

// ---- Statements ---------------------------------------------------------------------------------

bool Verifier::block(const Block& b) {
  if (++block_depth_ > kMaxBlockDepth) {
    exprs_.fail({}, "blocks are nested too deeply");
    --block_depth_;
    return false;
  }
  deepest_block_ = std::max(deepest_block_, block_depth_);
  bool reachable = true;
  for (StmtId id : b) {
    const bool next = stmt(id);
    if (!next && reachable) {
      // Nothing comes here: whatever is read later in this block counts as assigned.
      exprs_.assigned().assign(exprs_.assigned().size(), true);
    }
    reachable = reachable && next;
  }
  --block_depth_;
  return reachable;
}

void Verifier::assign_to(VarId var, const Type& type, base::Span span, bool once) {
  if (!exprs_.claim(var, Role::kValue, span)) return;
  const Local& local = callable_->locals[var];
  if (!(local.type == type)) {
    exprs_.fail(span, "'" + local.name + "' has type " + type_text(m_, local.type) +
                          ", its value " + type_text(m_, type));
  }
  const auto is_in = [&](const std::vector<VarId>& vars) {
    return std::find(vars.begin(), vars.end(), var) != vars.end();
  };
  if (is_in(callable_->params) && !is_in(callable_->outputs)) {
    exprs_.fail(span, "the parameter '" + local.name + "' is assigned");
  }
  if (let_[var]) {
    exprs_.fail(span, "'" + local.name + "' is assigned twice");
  }
  if (once) let_[var] = true;
  exprs_.assigned()[var] = true;
}

void Verifier::lock_keys(LockId lock, const std::vector<ExprId>& keys, base::Span span) {
  if (lock >= m_.locks.size()) return exprs_.fail(span, "a lock that does not exist");
  const Lock& l = m_.locks[lock];
  if (keys.size() != l.keys.size()) return exprs_.fail(span, "a lock with wrong keys");
  for (std::size_t i = 0; i < keys.size(); ++i)
    exprs_.expect(keys[i], l.keys[i], "a lock's key");
}

void Verifier::update(const Update& s, base::Span span) {
  std::vector<VarId> binders;
  std::size_t opened = 0;
  bool ok = true;
  for (const Binder& b : s.binders) {
    ++opened;
    ok = exprs_.open_binder(b, span) && ok;
    binders.push_back(b.var);
  }
  ok = exprs_.expect(s.where, bool_type(), "a 'where'", true) && ok;
  if (s.assigns.empty()) exprs_.fail(span, "an update of nothing");
  for (const Update::One& one : s.assigns) {
    if (one.state >= m_.states.size()) {
      exprs_.fail(span, "an update of a state that does not exist");
      continue;
    }
    const State& state = m_.states[one.state];
    if (one.keys.size() != state.keys.size()) {
      exprs_.fail(span, "an update with a wrong number of keys");
      continue;
    }
    std::vector<VarId> used;
    bool good = ok;
    for (std::size_t i = 0; i < one.keys.size(); ++i) {
      if (!exprs_.expect(one.keys[i], state.keys[i], "a key")) {
        good = false;
        continue;
      }
      const Expr& key = m_.exprs[one.keys[i]];
      const bool is_binder =
          key.op == Op::kVar && std::find(binders.begin(), binders.end(), key.ref) != binders.end();
      if (is_binder) {
        if (std::find(used.begin(), used.end(), key.ref) != used.end()) {
          exprs_.fail(key.span, "a binder is two keys of one update");
        }
        used.push_back(key.ref);
      } else if (exprs_.mentions(one.keys[i], binders)) {
        exprs_.fail(key.span, "a key is neither a binder nor free of binders");
      }
    }
    if (one.value == kNoId) continue;
    if (!exprs_.expect(one.value, state.type, "a value") || !good) continue;
    std::vector<VarId> rest;
    for (VarId var : binders) {
      if (std::find(used.begin(), used.end(), var) == used.end()) rest.push_back(var);
    }
    if (!rest.empty() && exprs_.mentions(one.value, rest)) {
      exprs_.fail(span, "a value depends on a binder that is no key");
    }
  }
  exprs_.close_binders(opened);
}

void Verifier::guard(const Guard& s, base::Span span) {
  const bool own = s.clause < m_.clauses.size() && m_.clauses[s.clause].action == action_ &&
                   m_.clauses[s.clause].proc == proc_;
  if (!own) exprs_.fail(span, "an exit by a clause that is not its own");
  exprs_.expect(s.cond, bool_type(), "a condition", true);
  if (!s.raced && !s.racers.empty()) exprs_.fail(span, "an exit that is not raced names racers");
  for (const Racer& racer : s.racers) {
    if (racer.action >= m_.actions.size() ||
        racer.vars.size() > m_.actions[racer.action].params.size()) {
      exprs_.fail(span, "an exit raced by a call that does not exist");
      continue;
    }
    const Action& action = m_.actions[racer.action];
    for (std::size_t i = 0; i < racer.vars.size(); ++i) {
      const VarId var = racer.vars[i];
      if (var == kNoId || !exprs_.claim(var, Role::kValue, span)) continue;
      if (!(callable_->locals[var].type == action.locals[action.params[i]].type))
        exprs_.fail(
            span, "a racer's argument has another type than '" + callable_->locals[var].name + "'");
      exprs_.assigned()[var] = true;
    }
    exprs_.expect(racer.cond, bool_type(), "a racer's condition", true);
  }
  if (action_ == kNoId && !s.with.empty()) exprs_.fail(span, "a procedure's exit sets outputs");
  for (const Assign& a : s.with) {
    if (!exprs_.check(a.value) || action_ == kNoId) continue;
    const auto& outputs = callable_->outputs;
    if (std::find(outputs.begin(), outputs.end(), a.var) == outputs.end()) {
      exprs_.fail(span, "an exit sets what is no output");
    } else if (!(callable_->locals[a.var].type == m_.exprs[a.value].type)) {
      exprs_.fail(span, "an exit sets an output to a value of another type");
    }
  }
}

void Verifier::scan(const Scan& s, base::Span span) {
  const bool ok = exprs_.open_binder(s.binder, span);
  if (ok && (s.binder.lo == kNoId || !is_number(s.binder.type))) {
    exprs_.fail(span, "a scan goes over a range");
  }
  if (s.body.empty()) exprs_.fail(span, "a scan of nothing");
  for (StmtId id : s.body) {
    const Guard* exit = id < m_.stmts.size() ? std::get_if<Guard>(&m_.stmts[id].node) : nullptr;
    if (exit == nullptr || exit->may || exit->raced || exit->cond == kNoId) {
      exprs_.fail(span, "a scan holds exits with a condition");
    } else {
      stmt(id);
    }
  }
  exprs_.close_binders(1);
}

void Verifier::reads_of(ExprId id, std::vector<StateId>& states) const {
  const Expr& e = m_.exprs[id];
  if (e.op == Op::kState) states.push_back(e.ref);
  if (e.op == Op::kCall) reads_of(m_.fns[e.ref].expr, states);
  for_each_operand(m_, e, [&](ExprId operand) { reads_of(operand, states); });
}

void Verifier::each_body(const Block& b, std::vector<StateId>& written, int& updates,
                         std::vector<ExprId>& conditions) {
  for (StmtId id : b) {
    if (id >= m_.stmts.size()) continue;
    const Stmt& s = m_.stmts[id];
    if (const auto* u = std::get_if<Update>(&s.node)) {
      ++updates;
      for (const Update::One& one : u->assigns)
        written.push_back(one.state);
    } else if (const auto* branch = std::get_if<If>(&s.node)) {
      conditions.push_back(branch->cond);
      each_body(branch->then_block, written, updates, conditions);
      each_body(branch->else_block, written, updates, conditions);
    } else if (const auto* step = std::get_if<Step>(&s.node)) {
      each_body(step->body, written, updates, conditions);
    } else if (!std::holds_alternative<Acquire>(s.node) &&
               !std::holds_alternative<Release>(s.node)) {
      exprs_.fail(s.span, "an each holds updates, in steps and branches");
    }
  }
}

void Verifier::each(const Each& s, base::Span span) {
  const std::size_t before = sink_.error_count();
  exprs_.open_binder(s.binder, span);
  exprs_.expect(s.where, bool_type(), "a 'where'", true);
  std::vector<StateId> written;
  std::vector<ExprId> conditions;
  int updates = 0;
  each_body(s.body, written, updates, conditions);
  if (sink_.error_count() == before) block(s.body);
  exprs_.close_binders(1);
  if (sink_.error_count() != before) return;
  if (s.where != kNoId) conditions.push_back(s.where);
  // The atomic reading tests the conditions again for each update.
  std::vector<StateId> read;
  for (ExprId id : conditions)
    reads_of(id, read);
  for (StateId id : read) {
    if (updates > 1 && std::find(written.begin(), written.end(), id) != written.end()) {
      exprs_.fail(span, "an each with several updates changes what its conditions read");
      return;
    }
  }
}

bool Verifier::stmt(StmtId id) {
  if (id >= m_.stmts.size() || !seen_stmts_.insert(id).second) {
    exprs_.fail({}, "a statement that does not exist, or stands twice");
    return true;
  }
  const Stmt& s = m_.stmts[id];
  const base::Span span = s.span;
  const auto type_of = [&](ExprId e) { return m_.exprs[e].type; };
  bool next = true;
  std::visit(
      Overloaded{
          [&](const Let& n) {
            if (exprs_.check(n.value)) assign_to(n.var, type_of(n.value), span, true);
          },
          [&](const Assign& n) {
            if (exprs_.check(n.value)) assign_to(n.var, type_of(n.value), span, false);
          },
          [&](const Update& n) { update(n, span); },
          [&](const Guard& n) {
            guard(n, span);
            next = n.cond != kNoId || n.may || n.raced;
          },
          [&](const Return& n) {
            exprs_.expect(n.cond, bool_type(), "a condition", true);
            if (proc_ == kNoId) exprs_.fail(span, "a return outside of procedures");
            const auto& outputs = callable_->outputs;
            if (!n.values.empty() && n.values.size() != outputs.size()) {
              exprs_.fail(span, "a return with a wrong number of values");
            } else if (n.values.empty()) {
              for (VarId var : outputs) {
                if (!exprs_.assigned()[var]) exprs_.fail(span, "a return before its values");
              }
            } else {
              for (std::size_t i = 0; i < outputs.size(); ++i) {
                exprs_.expect(n.values[i], callable_->locals[outputs[i]].type, "a value");
              }
            }
            next = n.cond != kNoId;
          },
          [&](const Call& n) {
            const ProcId limit = proc_ == kNoId ? static_cast<ProcId>(m_.procs.size()) : proc_;
            if (n.proc >= limit) return exprs_.fail(span, "a call of no earlier procedure");
            const Callable& callee = m_.procs[n.proc];
            deepest_block_ = std::max(deepest_block_, block_depth_ + proc_depth_[n.proc]);
            if (deepest_block_ > kMaxBlockDepth) {
              return exprs_.fail(span, "blocks and calls are nested too deeply");
            }
            if (n.args.size() != callee.params.size() ||
                (!n.results.empty() && n.results.size() != callee.outputs.size())) {
              return exprs_.fail(span, "a call with a wrong number of arguments or results");
            }
            for (std::size_t i = 0; i < n.args.size(); ++i) {
              exprs_.expect(n.args[i], callee.locals[callee.params[i]].type, "an argument");
            }
            for (std::size_t i = 0; i < n.results.size(); ++i) {
              if (n.results[i] == kNoId) continue;
              assign_to(n.results[i], callee.locals[callee.outputs[i]].type, span, false);
            }
          },
          [&](const If& n) {
            exprs_.expect(n.cond, bool_type(), "a condition");
            const std::vector<bool> before = exprs_.assigned();
            const bool then_ends = block(n.then_block);
            std::vector<bool> after = exprs_.assigned();
            exprs_.assigned() = before;
            const bool else_ends = block(n.else_block);
            if (!else_ends) {
              exprs_.assigned() = std::move(after);
            } else if (then_ends) {
              for (std::size_t i = 0; i < after.size(); ++i) {
                exprs_.assigned()[i] = exprs_.assigned()[i] && after[i];
              }
            }
            next = then_ends || else_ends;
          },
          [&](const Choose& n) {
            if (!exprs_.valid_var(n.var)) return exprs_.fail(span, "a choice of no local");
            const Type type = callable_->locals[n.var].type;
            if ((n.lo == kNoId) != (n.hi == kNoId) || (n.lo != kNoId && !is_number(type))) {
              exprs_.fail(span, "a choice with strange bounds");
            }
            exprs_.expect(n.lo, type, "a bound", true);
            exprs_.expect(n.hi, type, "a bound", true);
            assign_to(n.var, type, span, false);
            exprs_.expect(n.cond, bool_type(), "a condition", true);
          },
          [&](const Require& n) { exprs_.expect(n.cond, bool_type(), "a condition"); },
          [&](const Create& n) {
            if (!exprs_.valid_var(n.var)) return exprs_.fail(span, "a handle for no local");
            const Type type = callable_->locals[n.var].type;
            if (type.kind != TypeKind::kHandle || type.optional) {
              exprs_.fail(span, "a new handle in a local of another type");
            }
            assign_to(n.var, type, span, false);
          },
          [&](const Destroy& n) {
            if (!exprs_.check(n.handle)) return;
            const Type type = type_of(n.handle);
            if (type.kind != TypeKind::kHandle || type.optional) {
              exprs_.fail(span, "what is destroyed is no handle");
            }
          },
          [&](const Step& n) { next = block(n.body); },
          [&](const Acquire& n) {
            lock_keys(n.lock, n.keys, span);
            if (!n.exclusive && n.lock < m_.locks.size() && !m_.locks[n.lock].shared_mode) {
              exprs_.fail(span, "a lock without a shared mode");
            }
          },
          [&](const Release& n) { lock_keys(n.lock, n.keys, span); },
          [&](const Scan& n) { scan(n, span); },
          [&](const Each& n) { each(n, span); },
          [&](const Await& n) { exprs_.expect(n.cond, bool_type(), "a condition", false, true); },
          [&](const Sample& n) {
            if (!exprs_.claim(n.var, Role::kSample, span)) return;
            if (!is_bool(callable_->locals[n.var].type)) exprs_.fail(span, "a sample is a bool");
            exprs_.assigned()[n.var] = true;
          },
          [&](const Retry& n) { exprs_.expect(n.cond, bool_type(), "a condition", true, true); },
      },
      s.node);
  return next;
}

}  // namespace gms::ir
