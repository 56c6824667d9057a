#include "ir/verify.h"

#include <algorithm>
#include <unordered_set>

#include "ir/messages.h"
#include "ir/taint.h"
#include "ir/text/words.h"
#include "ir/type.h"
#include "ir/verify_exprs.h"
#include "ir/walk.h"

namespace gms::ir {
namespace {

using Role = ExprVerifier::Role;

class Verifier {
 public:
  Verifier(const Module& module, base::DiagSink& sink)
      : m_(module), sink_(sink), exprs_(module, sink), proc_depth_(module.procs.size(), 0) {}

  bool run() {
    const std::size_t before = sink_.error_count();
    declarations();
    if (sink_.error_count() != before) return false;  // the rest relies on them
    for (FnId id = 0; id < m_.fns.size(); ++id)
      function(id);
    for (ProcId id = 0; id < m_.procs.size(); ++id)
      procedure(id);
    for (ActionId id = 0; id < m_.actions.size(); ++id)
      action(id);
    for (const Property& p : m_.properties)
      property(p);
    for (const Event& e : m_.events)
      event(e);
    if (sink_.error_count() != before) return false;
    observe_only();
    return sink_.error_count() == before;
  }

 private:
  // ---- Declarations (verify_decls below) ----
  void declarations();
  void names(std::string_view what, const std::vector<std::pair<std::string, base::Span>>& all);
  void report(std::string_view where, base::Span span, std::string_view why) {
    sink_.report(diag::ir_ill_formed, span, where, why);
  }
  bool sound(const Type& t) const;
  void state(const State& s);
  void locals_of(std::string_view where, const std::vector<Local>& locals);
  bool vars_ok(const std::vector<Local>& locals, const std::vector<VarId>& vars) const {
    std::unordered_set<VarId> seen;
    for (VarId var : vars) {
      if (var >= locals.size() || !seen.insert(var).second) return false;
    }
    return true;
  }

  // ---- Callables ----
  bool enter(std::string where, const Callable& c, FnId fn_limit, bool inputs_only);
  void function(FnId id);
  void procedure(ProcId id);
  void action(ActionId id);

  // ---- Statements. Each returns whether the next statement can be reached. ----
  bool block(const Block& b);
  bool stmt(StmtId id);
  void update(const Update& s, base::Span span);
  void guard(const Guard& s, base::Span span);
  void assign_to(VarId var, const Type& type, base::Span span, bool once);
  void scan(const Scan& s, base::Span span);
  void each(const Each& s, base::Span span);
  void each_body(const Block& b, std::vector<StateId>& written, int& updates,
                 std::vector<ExprId>& conditions);
  void lock_keys(LockId lock, const std::vector<ExprId>& keys, base::Span span);
  void reads_of(ExprId id, std::vector<StateId>& states) const;

  // ---- Properties and events ----
  void property(const Property& p);
  void law_side(const std::vector<LawCall>& calls, base::Span span);
  void event(const Event& e);
  void event_block(const Event& e, const std::vector<EventStmt>& body);
  void event_call(const Event& e, const EventCall& call, base::Span span);
  void observe_only();

  const Module& m_;
  base::DiagSink& sink_;
  ExprVerifier exprs_;

  // The callable at hand.
  const Callable* callable_ = nullptr;
  ActionId action_ = kNoId;
  ProcId proc_ = kNoId;
  std::unordered_set<StmtId> seen_stmts_;
  std::vector<bool> let_;        // locals that a `let` has
  std::vector<VarId> unlogged_;  // event variables that may hold an unknown value
  int block_depth_ = 0, deepest_block_ = 0;
  std::vector<int> proc_depth_;  // of blocks, calls included
};

constexpr int kMaxBlockDepth = 1000;

// ---- Declarations -------------------------------------------------------------------------------

void Verifier::names(std::string_view what,
                     const std::vector<std::pair<std::string, base::Span>>& all) {
  std::unordered_set<std::string> seen;
  for (const auto& [name, span] : all) {
    if (!is_plain_name(name)) report(what, span, "'" + name + "' is not a name");
    if (!seen.insert(name).second) report(what, span, "'" + name + "' is declared twice");
  }
}

bool Verifier::sound(const Type& t) const {
  switch (t.kind) {
    case TypeKind::kBool: return value_of(t) == bool_type();
    case TypeKind::kInt: return t.width >= 1 && t.width <= 64 && t.decl == kNoId;
    case TypeKind::kEnum:
      return t.decl < m_.enums.size() && !m_.enums[t.decl].is_flags &&
             value_of(t) == enum_type(m_, t.decl);
    case TypeKind::kHandle: return t.decl < m_.domains.size() && value_of(t) == handle_type(t.decl);
    case TypeKind::kIndex:
      return t.decl < m_.index_sorts.size() && value_of(t) == index_type(m_, t.decl);
  }
  return false;
}

void Verifier::state(const State& s) {
  const std::string where = "state " + s.name;
  if (!sound(s.type)) return report(where, s.span, "a type that does not exist");
  int stage = 0;  // 0 handles, 1 indices, 2 scalars
  unsigned handles = 0, bits = 0;
  for (const Type& key : s.keys) {
    if (!sound(key) || key.optional) return report(where, s.span, "a key of a strange type");
    int kind = 2;
    if (key.kind == TypeKind::kHandle) {
      kind = 0;
      ++handles;
    } else {
      bits += key.width;
      if (key.kind == TypeKind::kIndex) kind = 1;
    }
    if (kind < stage) {
      return report(where, s.span, "keys are handles, then indices, then small scalars");
    }
    stage = kind;
  }
  if (handles > 4) report(where, s.span, "more than 4 handles as keys");
  if (s.keys.size() - handles > 8) report(where, s.span, "more than 8 indices and scalars as keys");
  if (bits > 64) report(where, s.span, "indices and scalars of more than 64 bits as keys");
  if (s.initial_none ? !s.type.optional : !is_value_of(m_, s.type, s.initial)) {
    report(where, s.span, "an initial value that is none of its type");
  }
  if (!s.initial_none && s.type.kind == TypeKind::kHandle && s.initial != 0) {
    report(where, s.span, "an initial value that is a handle");
  }
}

void Verifier::locals_of(std::string_view where, const std::vector<Local>& locals) {
  for (const Local& local : locals) {
    if (!sound(local.type)) report(where, {}, "the local '" + local.name + "' has a strange type");
  }
}

void Verifier::declarations() {
  std::vector<std::pair<std::string, base::Span>> list;
  const auto check = [&](std::string_view what, const auto& items) {
    list.clear();
    for (const auto& item : items)
      list.emplace_back(item.name, item.span);
    names(what, list);
  };
  check("parameters", m_.params);
  check("locks", m_.locks);
  check("states", m_.states);
  check("functions", m_.fns);
  check("procedures", m_.procs);
  check("actions", m_.actions);
  check("properties", m_.properties);
  // One space of type names.
  list = {{"bool", {}}};
  for (unsigned i = 1; i <= 64; ++i) {
    list.emplace_back("u" + std::to_string(i), base::Span{});
    list.emplace_back("i" + std::to_string(i), base::Span{});
  }
  for (const Enum& e : m_.enums)
    list.emplace_back(e.name, e.span);
  for (const Domain& d : m_.domains)
    list.emplace_back(d.name, d.span);
  for (const IndexSort& s : m_.index_sorts)
    list.emplace_back(s.name, s.span);
  names("types", list);

  for (const Enum& e : m_.enums) {
    list.clear();
    std::unordered_set<std::uint64_t> values;
    for (const EnumMember& member : e.members) {
      list.emplace_back(member.name, e.span);
      if (!values.insert(member.value).second && !e.is_flags) {
        report("enum " + e.name, e.span, "two members have one value");
      }
    }
    names("enum " + e.name, list);
    if (e.members.empty()) report("enum " + e.name, e.span, "no members");
  }
  if (m_.enums.empty() || m_.enums[0].is_flags || find_member(m_.enums[0], 0) == nullptr ||
      find_member(m_.enums[0], 0)->name != "ok") {
    report("enums", {}, "the first is not that of results, with ok = 0");
  }
  for (const IndexSort& s : m_.index_sorts) {
    if (s.width < 1 || s.width > 64) report("index " + s.name, s.span, "a strange width");
  }
  for (const Const& c : m_.consts) {
    if (!sound(c.type) || c.type.optional || !is_value_of(m_, c.type, c.value)) {
      report("const " + c.name, c.span, "no value of its type");
    }
  }
  for (const Param& p : m_.params) {
    const bool kind = sound(p.type) && !p.type.optional && p.type.kind != TypeKind::kHandle &&
                      p.type.kind != TypeKind::kIndex;
    if (!kind || (p.is_quirk && !is_bool(p.type))) {
      report("param " + p.name, p.span, "a strange type");
      continue;
    }
    bool ok = is_value_of(m_, p.type, p.default_value);
    for (std::uint64_t value : p.values)
      ok = ok && is_value_of(m_, p.type, value);
    if (!ok) report("param " + p.name, p.span, "a value that is none of its type");
  }
  for (const Lock& l : m_.locks) {
    for (const Type& key : l.keys) {
      if (!sound(key) || key.optional) report("lock " + l.name, l.span, "a strange key");
    }
  }
  for (const State& s : m_.states)
    state(s);

  std::unordered_set<std::string> labels;
  for (const Clause& c : m_.clauses) {
    const bool in_action = c.action < m_.actions.size() && c.proc == kNoId;
    const bool in_proc = c.action == kNoId && c.proc < m_.procs.size();
    if (!in_action && !in_proc) {
      report("clause " + c.label, c.span, "it belongs to no action or procedure");
      continue;
    }
    const std::string owner =
        in_action ? "a" + std::to_string(c.action) : "p" + std::to_string(c.proc);
    if (!labels.insert(owner + "." + c.label).second) {
      report("clause " + c.label, c.span, "its label is not unique");
    }
    if (m_.enums.empty() || find_member(m_.enums[0], c.result) == nullptr) {
      report("clause " + c.label, c.span, "its result is no member of the enum of results");
    }
  }
  const auto signature = [&](std::string_view kind, const Callable& c) {
    const std::string where = std::string(kind) + " " + c.name;
    locals_of(where, c.locals);
    if (!vars_ok(c.locals, c.params) || !vars_ok(c.locals, c.outputs)) {
      report(where, c.span, "parameters or outputs that are no locals, or twice");
    }
  };
  for (const Callable& c : m_.fns)
    signature("fn", c);
  for (const Callable& c : m_.procs)
    signature("procedure", c);
  for (const Action& a : m_.actions)
    signature("action", a);
  for (const Property& p : m_.properties)
    locals_of("property " + p.name, p.locals);
  for (const Event& e : m_.events)
    locals_of("event " + e.op, e.locals);
}

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

// ---- Properties ---------------------------------------------------------------------------------

void Verifier::property(const Property& p) {
  ExprContext context;
  context.locals = &p.locals;
  context.where = "property " + p.name;
  context.two_states = context.outcome =
      p.kind == PropertyKind::kTwoState || (p.kind == PropertyKind::kCover && !p.actions.empty());
  exprs_.enter(std::move(context));
  for (ActionId id : p.actions) {
    if (id >= m_.actions.size()) return exprs_.fail(p.span, "an action that does not exist");
  }
  // Values of the action's locals; which of them are its binders shows when the property binds
  // them.
  std::vector<bool> known(p.locals.size(), false);
  if (p.actions.size() == 1 && p.kind != PropertyKind::kLaw) {
    const std::vector<Local>& theirs = m_.actions[p.actions[0]].locals;
    bool prefix = theirs.size() <= p.locals.size();
    for (std::size_t i = 0; prefix && i < theirs.size(); ++i) {
      prefix = theirs[i].type == p.locals[i].type;
      known[i] = true;
    }
    if (!prefix) return exprs_.fail(p.span, "its locals do not start with the action's");
  }
  switch (p.kind) {
    case PropertyKind::kInvariant:
    case PropertyKind::kLemma:
    case PropertyKind::kTwoState:
    case PropertyKind::kCover:
      exprs_.assigned() = known;
      exprs_.expect(p.expr, bool_type(), "a property");
      if (!p.left.empty() || !p.right.empty() || !p.agree.empty() || p.then != kNoId) {
        exprs_.fail(p.span, "parts of a law");
      }
      return;
    case PropertyKind::kLaw: {
      std::vector<bool> outputs(p.locals.size(), false);
      for (const auto* side : {&p.left, &p.right}) {
        for (const LawCall& call : *side) {
          for (VarId var : call.outputs) {
            if (var < outputs.size()) outputs[var] = true;
          }
        }
      }
      for (VarId var = 0; var < outputs.size(); ++var)
        exprs_.assigned()[var] = !outputs[var];
      exprs_.expect(p.expr, bool_type(), "what is assumed", true);
      if (p.left.empty()) exprs_.fail(p.span, "a law of nothing");
      law_side(p.left, p.span);
      law_side(p.right, p.span);
      for (StateId id : p.agree) {
        if (id >= m_.states.size()) exprs_.fail(p.span, "a state that does not exist");
      }
      context = exprs_.context();
      if (p.then != kNoId) {
        // The same locals and roles; only primes are new.
        ExprContext after = exprs_.context();
        after.two_states = true;
        const std::vector<bool> assigned = exprs_.assigned();
        exprs_.enter(std::move(after));
        exprs_.assigned() = assigned;
        exprs_.expect(p.then, bool_type(), "what holds at the end");
      }
      return;
    }
  }
}

void Verifier::law_side(const std::vector<LawCall>& calls, base::Span span) {
  const std::vector<Local>& locals = *exprs_.context().locals;
  for (const LawCall& call : calls) {
    if (call.action >= m_.actions.size()) {
      exprs_.fail(span, "an action that does not exist");
      continue;
    }
    const Action& action = m_.actions[call.action];
    if (call.args.size() != action.params.size() || call.outputs.size() > action.outputs.size()) {
      exprs_.fail(span, "a call with a wrong number of arguments or outputs");
      continue;
    }
    if (call.result && find_member(m_.enums[kErrnoEnum], *call.result) == nullptr) {
      exprs_.fail(span, "a call with a strange result");
    }
    for (std::size_t i = 0; i < call.args.size(); ++i) {
      exprs_.expect(call.args[i], action.locals[action.params[i]].type, "an argument");
    }
    for (std::size_t i = 0; i < call.outputs.size(); ++i) {
      const VarId var = call.outputs[i];
      if (var == kNoId) continue;
      if (!exprs_.claim(var, Role::kValue, span)) continue;
      if (!(locals[var].type == action.locals[action.outputs[i]].type)) {
        exprs_.fail(span, "an output in a local of another type");
      }
      exprs_.assigned()[var] = true;
    }
  }
}

// ---- Events -------------------------------------------------------------------------------------

void Verifier::event(const Event& e) {
  ExprContext context;
  context.locals = &e.locals;
  context.where = "event " + e.op;
  exprs_.enter(std::move(context));
  unlogged_.clear();
  const auto var_ok = [&](VarId var, auto&& good) {
    return var < e.locals.size() && good(e.locals[var].type);
  };
  const auto any_type = [](const Type&) { return true; };
  for (const EventField& f : e.fields) {
    bool ok = true;
    switch (f.kind) {
      case FieldKind::kValue:
        ok = var_ok(f.var, [](const Type& t) { return t.kind != TypeKind::kHandle; }) &&
             f.offset == kNoId && f.word == kNoId;
        break;
      case FieldKind::kName:
        ok = var_ok(f.var, [](const Type& t) { return t.kind == TypeKind::kHandle; }) &&
             (f.offset == kNoId ||
              var_ok(f.offset, [](const Type& t) { return t.kind == TypeKind::kInt; })) &&
             (f.word == kNoId || var_ok(f.word, [](const Type& t) {
                return t.kind == TypeKind::kEnum && t.optional;
              }));
        break;
      case FieldKind::kArray:
        ok = f.var == kNoId && f.columns.size() == f.column_vars.size() && !f.columns.empty();
        for (VarId var : f.column_vars)
          ok = ok && var_ok(var, any_type);
        break;
    }
    if (!ok) {
      exprs_.fail(e.span, "the field '" + f.name + "' has strange variables");
      return;
    }
    for (VarId var : {f.var, f.offset, f.word}) {
      if (var != kNoId) exprs_.assigned()[var] = true;
    }
    if (f.unlogged_any && f.var != kNoId) unlogged_.push_back(f.var);
  }
  for (const EventField& f : e.fields) {
    if (f.default_value != kNoId && f.var != kNoId) {
      exprs_.expect(f.default_value, e.locals[f.var].type, "a default");
    }
    if (f.on_missing == kNoId) continue;
    if (f.on_missing >= m_.actions.size()) {
      exprs_.fail(e.span, "an action that does not exist");
      continue;
    }
    const Action& maker = m_.actions[f.on_missing];
    const bool makes =
        f.kind == FieldKind::kName && !maker.outputs.empty() &&
        value_of(maker.locals[maker.outputs[0]].type) == value_of(e.locals[f.var].type);
    if (!makes) exprs_.fail(e.span, "'" + f.name + "' is made by an action with another output");
    if (f.on_missing_args.size() != maker.params.size()) {
      exprs_.fail(e.span, "a call with a wrong number of arguments");
      continue;
    }
    for (std::size_t i = 0; i < maker.params.size(); ++i) {
      exprs_.expect(f.on_missing_args[i], maker.locals[maker.params[i]].type, "an argument");
    }
  }
  if (e.ignored && !e.body.empty()) exprs_.fail(e.span, "an ignored event has a rule");
  event_block(e, e.body);
}

void Verifier::event_call(const Event& e, const EventCall& call, base::Span span) {
  if (call.action >= m_.actions.size()) return exprs_.fail(span, "an action that does not exist");
  const Action& action = m_.actions[call.action];
  if (call.args.size() != action.params.size()) {
    return exprs_.fail(span, "a call with a wrong number of arguments");
  }
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const bool may_be_unlogged = i < action.may_be_unlogged.size() && action.may_be_unlogged[i];
    const Local& param = action.locals[action.params[i]];
    const ExprId arg = call.args[i];
    if (arg == kNoId) {
      if (!may_be_unlogged) exprs_.fail(span, "'" + param.name + "' decides, so it is not any");
    } else if (exprs_.expect(arg, param.type, "an argument") && !may_be_unlogged &&
               exprs_.mentions(arg, unlogged_)) {
      exprs_.fail(span, "'" + param.name + "' decides, so it cannot be unlogged");
    }
  }
  for (const EventCall::Observe& o : call.observes) {
    if (o.output != kNoId && o.output >= action.outputs.size()) {
      exprs_.fail(span, "an output that does not exist");
      continue;
    }
    const Type type = o.output == kNoId ? enum_type(m_, kErrnoEnum)
                                        : action.locals[action.outputs[o.output]].type;
    exprs_.expect(o.value, type, "what is observed");
    if (exprs_.expect(o.when, bool_type(), "a condition", true) && o.when != kNoId &&
        exprs_.mentions(o.when, unlogged_)) {
      exprs_.fail(span, "a condition reads what may be unlogged");
    }
  }
  for (const EventCall::Bind& b : call.binds) {
    const bool ok = b.output < action.outputs.size() && b.field < e.fields.size() &&
                    e.fields[b.field].kind == FieldKind::kName &&
                    action.locals[action.outputs[b.output]].type.kind == TypeKind::kHandle;
    if (!ok) exprs_.fail(span, "a name for no handle");
  }
}

void Verifier::event_block(const Event& e, const std::vector<EventStmt>& body) {
  if (++block_depth_ > kMaxBlockDepth) {
    exprs_.fail(e.span, "blocks are nested too deeply");
    --block_depth_;
    return;
  }
  for (const EventStmt& s : body) {
    if (const auto* call = std::get_if<EventCall>(&s.node)) {
      event_call(e, *call, s.span);
    } else if (const auto* branch = std::get_if<EventStmt::Branch>(&s.node)) {
      if (exprs_.expect(branch->cond, bool_type(), "a condition") &&
          exprs_.mentions(branch->cond, unlogged_)) {
        exprs_.fail(s.span, "a condition reads what may be unlogged");
      }
      event_block(e, branch->then_body);
      event_block(e, branch->else_body);
    } else if (const auto* loop = std::get_if<EventStmt::ForEach>(&s.node)) {
      const bool ok = loop->field < e.fields.size() &&
                      e.fields[loop->field].kind == FieldKind::kArray &&
                      loop->index < e.locals.size() && is_number(e.locals[loop->index].type);
      if (!ok) {
        exprs_.fail(s.span, "a loop over no array");
        continue;
      }
      std::vector<VarId> vars = e.fields[loop->field].column_vars;
      vars.push_back(loop->index);
      for (VarId var : vars)
        exprs_.assigned()[var] = true;
      event_block(e, loop->body);
      for (VarId var : vars)
        exprs_.assigned()[var] = false;
    }
  }
  --block_depth_;
}

// ---- Observe-only -------------------------------------------------------------------------------

void Verifier::observe_only() {
  const ObserveOnly found = find_observe_only(m_);
  for (StateId id = 0; id < m_.states.size(); ++id) {
    const State& s = m_.states[id];
    if (s.observe_only && !found.states[id]) {
      report("state " + s.name, s.span, "marked observe-only, but it decides a branch");
    }
  }
  for (ActionId id = 0; id < m_.actions.size(); ++id) {
    const Action& a = m_.actions[id];
    for (std::size_t i = 0; i < a.may_be_unlogged.size(); ++i) {
      if (a.may_be_unlogged[i] && (i >= a.params.size() || !found.params[id][i])) {
        report("action " + a.name, a.span, "a parameter marked as unlogged decides a branch");
      }
    }
  }
  for (const Stmt& s : m_.stmts) {
    const auto* update = std::get_if<Update>(&s.node);
    if (update == nullptr) continue;
    for (const Update::One& one : update->assigns) {
      if (one.value != kNoId || one.state >= m_.states.size() || found.states[one.state]) continue;
      report("state " + m_.states[one.state].name, s.span,
             "'any' is stored, but its values decide a branch");
    }
  }
}

}  // namespace

bool verify(const Module& module, base::DiagSink& sink) {
  return Verifier(module, sink).run();
}

}  // namespace gms::ir
