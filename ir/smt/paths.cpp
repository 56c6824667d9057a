#include "ir/smt/paths.h"

#include <algorithm>
#include <memory>

namespace gms::ir::smt {
namespace {

struct Frame {  // where to go on after a block ends
  const Block* block = nullptr;
  std::size_t next = 0;
  bool ends_call = false;  // after it: back to the caller's locals
  EnvPtr caller_env;
  std::vector<VarId> results;  // the caller's locals that receive the values
  const Callable* proc = nullptr;
};

struct Walk {
  std::vector<Frame> stack;
  std::vector<TermId> conditions;
  SymStatePtr state;
  EnvPtr env;
  std::set<StateId> touched, stored;
  std::set<DomainId> domains;
  std::vector<std::string> choices;
  std::set<StmtId> passed;
  std::vector<std::uint64_t> effect;
};

class Walker {
 public:
  Walker(Encoder& enc, const Action& action, const std::vector<SymValue>& args,
         std::vector<Path>& out, std::size_t limit)
      : enc_(enc),
        m_(enc.module()),
        t_(enc.terms()),
        action_(action),
        args_(args),
        out_(out),
        limit_(limit) {}

  bool run(Walk walk) {
    while (ok_) {
      if (out_.size() > limit_) return ok_ = false;
      if (walk.stack.empty()) {
        finish(walk, action_.ok_clause, 0);
        return ok_;
      }
      Frame& top = walk.stack.back();
      if (top.next == top.block->size()) {
        if (top.ends_call)
          return_from(walk, {});
        else
          walk.stack.pop_back();
        continue;
      }
      const StmtId id = (*top.block)[top.next++];
      walk.passed.insert(id);
      const Stmt& stmt = m_.stmts[id];
      if (!std::visit([&](const auto& node) { return exec(node, walk); }, stmt.node)) return ok_;
    }
    return ok_;
  }

 private:
  SymValue eval(ExprId e, const Walk& w) { return enc_.eval(e, w.env, w.state, w.state); }

  void set(Walk& w, VarId var, SymValue value) {
    auto env = std::make_shared<Env>(*w.env);
    (*env)[var] = value;
    w.env = std::move(env);
  }

  void finish(const Walk& w, ClauseId clause, std::uint64_t result) {
    Path p;
    p.clause = clause;
    p.result = result;
    p.conditions = w.conditions;
    p.post = w.state;
    p.env = w.env;
    p.touched = w.touched;
    p.stored = w.stored;
    p.created_or_destroyed = w.domains;
    p.choices = w.choices;
    p.passed = w.passed;
    p.effect = w.effect;
    out_.push_back(std::move(p));
  }

  /// Splits on a condition; runs the side on which it holds through `taken`, goes on with the
  /// other. False: there is no other side. Each side has its own term: one asserts the condition,
  /// one denies it.
  template <class Taken>
  bool fork(ExprId cond, Walk& w, Taken taken) {
    if (cond == kNoId) {
      taken(std::move(w));
      return false;
    }
    const TermId yes = enc_.eval(cond, w.env, w.state, w.state, Polarity::kAsserted).value;
    if (!t_.is_false(yes)) {
      Walk side = w;
      if (!t_.is_true(yes)) side.conditions.push_back(yes);
      taken(std::move(side));
    }
    if (t_.is_true(yes)) return false;
    const TermId no = t_.negate(enc_.eval(cond, w.env, w.state, w.state, Polarity::kDenied).value);
    if (!t_.is_true(no)) w.conditions.push_back(no);
    return ok_;
  }

  bool exec(const Let& s, Walk& w) {
    set(w, s.var, eval(s.value, w));
    return true;
  }
  bool exec(const Assign& s, Walk& w) {
    set(w, s.var, eval(s.value, w));
    return true;
  }

  /// What is read here is read in the state that the effect so far leads to.
  void record(const Update& s, Walk& w) {
    std::set<VarId> bound;
    const auto say = [&](ExprId e) {
      w.effect.push_back(enc_.expressions().representative(e));
      if (e == kNoId) return;
      for (const VarId v : enc_.expressions().free_variables(e))
        if (bound.count(v) == 0)
          w.effect.insert(w.effect.end(), {(*w.env)[v].present, (*w.env)[v].value});
    };
    w.effect.insert(w.effect.end(), {s.binders.size(), s.assigns.size()});
    for (const Binder& b : s.binders) {
      w.effect.push_back(b.var);
      say(b.lo), say(b.hi);
      bound.insert(b.var);
    }
    say(s.where);
    for (const Update::One& one : s.assigns) {
      w.effect.push_back(one.state);
      for (const ExprId key : one.keys)
        say(key);
      say(one.value);
    }
  }

  bool exec(const Update& s, Walk& w) {
    record(s, w);
    auto next = std::make_shared<SymState>(*w.state);
    for (const Update::One& one : s.assigns) {
      auto layer = std::make_shared<Layer>();
      layer->below = next->functions[one.state];
      layer->update = &s;
      layer->one = &one;
      layer->env = w.env;
      layer->before = w.state;
      if (one.value == kNoId) {
        const State& f = m_.states[one.state];
        std::vector<Sort> params;
        for (const Type& k : f.keys)
          params.push_back(enc_.sort_of(k));
        layer->arbitrary_value = t_.declare("any." + f.name, params, enc_.sort_of(f.type));
        w.effect.push_back(layer->arbitrary_value);
        if (f.type.optional)
          layer->arbitrary_present = t_.declare("any." + f.name + ".some", params, {});
      }
      next->functions[one.state] = std::move(layer);
      w.touched.insert(one.state);
      w.stored.insert(one.state);
    }
    w.state = std::move(next);
    return true;
  }

  bool exec(const Guard& s, Walk& w) {
    if (s.raced) return true;  // never taken when the call runs alone
    const Clause& clause = m_.clauses[s.clause];
    const auto leave = [&](Walk side) {
      std::vector<std::pair<VarId, SymValue>> values;
      for (const Assign& a : s.with)
        values.emplace_back(a.var, eval(a.value, side));
      // `with` names the action's outputs: in a procedure's frame they belong to the outermost
      // environment.
      while (!side.stack.empty() && frame_of_call(side) != nullptr)
        leave_frame(side);
      for (const auto& [var, value] : values)
        set(side, var, value);
      if (s.may) side.choices.push_back(clause.label);
      finish(side, s.clause, clause.result);
    };
    if (!s.may) return fork(s.cond, w, leave);
    const TermId cond = s.cond == kNoId
                            ? t_.boolean(true)
                            : enc_.eval(s.cond, w.env, w.state, w.state, Polarity::kAsserted).value;
    if (!t_.is_false(cond)) {
      Walk side = w;
      if (!t_.is_true(cond)) side.conditions.push_back(cond);
      leave(std::move(side));
    }
    return ok_;
  }

  static const Frame* frame_of_call(const Walk& w) {
    for (auto it = w.stack.rbegin(); it != w.stack.rend(); ++it)
      if (it->ends_call) return &*it;
    return nullptr;
  }

  static void leave_frame(Walk& w) {
    while (!w.stack.back().ends_call)
      w.stack.pop_back();
    w.env = w.stack.back().caller_env;
    w.stack.pop_back();
  }

  void return_from(Walk& w, const std::vector<SymValue>& given) {
    while (!w.stack.back().ends_call)
      w.stack.pop_back();
    const Frame frame = w.stack.back();
    std::vector<SymValue> values = given;
    if (values.empty())
      for (const VarId o : frame.proc->outputs)
        values.push_back((*w.env)[o]);
    w.stack.pop_back();
    w.env = frame.caller_env;
    for (std::size_t i = 0; i < frame.results.size(); ++i)
      if (frame.results[i] != kNoId) set(w, frame.results[i], values[i]);
  }

  bool exec(const Return& s, Walk& w) {
    return fork(s.cond, w, [&](Walk side) {
      std::vector<SymValue> values;
      for (const ExprId e : s.values)
        values.push_back(eval(e, side));
      return_from(side, values);
      run(std::move(side));
    });
  }

  bool exec(const Call& s, Walk& w) {
    const Callable& proc = m_.procs[s.proc];
    auto env = std::make_shared<Env>(arbitrary_locals(enc_, proc));
    for (std::size_t i = 0; i < s.args.size(); ++i)
      (*env)[proc.params[i]] = eval(s.args[i], w);
    Frame frame;
    frame.block = &proc.body;
    frame.ends_call = true;
    frame.caller_env = w.env;
    frame.results = s.results;
    frame.proc = &proc;
    w.stack.push_back(std::move(frame));
    w.env = std::move(env);
    return true;
  }

  bool exec(const If& s, Walk& w) {
    const bool more = fork(s.cond, w, [&](Walk side) {
      side.stack.push_back({&s.then_block, 0, false, nullptr, {}, nullptr});
      run(std::move(side));
    });
    if (more) w.stack.push_back({&s.else_block, 0, false, nullptr, {}, nullptr});
    return more;
  }

  bool exec(const Choose& s, Walk& w) {
    const Type type = type_of(s.var, w);
    const SymValue v = enc_.fresh_value("choice", type, w.state.get());
    set(w, s.var, v);
    const bool is_signed = type.kind == TypeKind::kInt && type.is_signed;
    if (s.lo != kNoId) {
      w.conditions.push_back(
          t_.binary(is_signed ? TermOp::kSle : TermOp::kUle, eval(s.lo, w).value, v.value));
      w.conditions.push_back(
          t_.binary(is_signed ? TermOp::kSlt : TermOp::kUlt, v.value, eval(s.hi, w).value));
    }
    if (s.cond != kNoId)
      w.conditions.push_back(enc_.eval(s.cond, w.env, w.state, w.state, Polarity::kAsserted).value);
    w.choices.emplace_back("choose");
    return true;
  }

  bool exec(const Require& s, Walk& w) {
    const TermId cond = enc_.eval(s.cond, w.env, w.state, w.state, Polarity::kAsserted).value;
    if (t_.is_false(cond)) return false;
    if (!t_.is_true(cond)) w.conditions.push_back(cond);
    return true;
  }

  bool exec(const Create& s, Walk& w) {
    const Type type = type_of(s.var, w);
    const SymValue v = enc_.fresh_value("new." + m_.domains[type.decl].name, type, nullptr);
    w.conditions.push_back(t_.negate(enc_.is_live(type.decl, v.value, *w.state)));
    w.conditions.push_back(t_.negate(t_.eq(v.value, enc_.none_handle(type.decl))));
    // An argument may be a handle that is gone, never a new one.
    for (std::size_t i = 0; i < args_.size(); ++i) {
      const Type& at = action_.locals[action_.params[i]].type;
      if (at.kind == TypeKind::kHandle && at.decl == type.decl)
        w.conditions.push_back(
            t_.implies(args_[i].present, t_.negate(t_.eq(args_[i].value, v.value))));
    }
    enc_.note_created(type.decl, v.value);
    set(w, s.var, v);
    change_live(w, type.decl, v.value, true);
    return true;
  }

  bool exec(const Destroy& s, Walk& w) {
    const SymValue v = eval(s.handle, w);
    change_live(w, m_.exprs[s.handle].type.decl, v.value, false);
    return true;
  }

  void change_live(Walk& w, DomainId domain, TermId handle, bool live) {
    auto next = std::make_shared<SymState>(*w.state);
    auto change = std::make_shared<LiveChange>();
    change->below = next->live[domain];
    change->handle = handle;
    change->live = live;
    next->live[domain] = std::move(change);
    for (StateId f = 0; f < m_.states.size(); ++f) {
      const auto& keys = m_.states[f].keys;
      const auto of_domain = [&](const Type& k) {
        return k.kind == TypeKind::kHandle && k.decl == domain;
      };
      if (std::none_of(keys.begin(), keys.end(), of_domain)) continue;
      auto layer = std::make_shared<Layer>();
      layer->below = next->functions[f];
      layer->reset_handle = handle;
      layer->reset_domain = domain;
      next->functions[f] = std::move(layer);
      w.touched.insert(f);
    }
    w.domains.insert(domain);
    w.effect.insert(w.effect.end(), {domain, handle, static_cast<std::uint64_t>(live)});
    w.state = std::move(next);
  }

  // The stepwise structure is gone in the atomic reading; a module that still has it is not ours to
  // prove.
  bool exec(const Step&, Walk&) { return ok_ = false; }
  bool exec(const Acquire&, Walk&) { return ok_ = false; }
  bool exec(const Release&, Walk&) { return ok_ = false; }
  bool exec(const Scan&, Walk&) { return ok_ = false; }
  bool exec(const Each&, Walk&) { return ok_ = false; }
  bool exec(const Await&, Walk&) { return ok_ = false; }
  bool exec(const Sample&, Walk&) { return ok_ = false; }
  bool exec(const Retry&, Walk&) { return ok_ = false; }

  Type type_of(VarId var, const Walk& w) const {
    const Frame* call = frame_of_call(w);
    return call != nullptr ? call->proc->locals[var].type : action_.locals[var].type;
  }

 public:
  static Env arbitrary_locals(Encoder& enc, const Callable& c) {
    Env env;
    for (const Local& l : c.locals) {
      SymValue v;
      v.value = enc.terms().fresh(l.name, enc.sort_of(l.type));
      v.present =
          l.type.optional ? enc.terms().fresh(l.name + ".some", {}) : enc.terms().boolean(true);
      env.push_back(v);
    }
    // Outputs that nothing was assigned to have their zero value; lets that were not reached, any.
    for (const VarId o : c.outputs)
      if (std::find(c.params.begin(), c.params.end(), o) == c.params.end())
        env[o] = enc.constant(c.locals[o].type, 0, c.locals[o].type.optional);
    return env;
  }

 private:
  Encoder& enc_;
  const Module& m_;
  TermStore& t_;
  const Action& action_;
  const std::vector<SymValue>& args_;  // by the order of its parameters
  std::vector<Path>& out_;
  std::size_t limit_;
  bool ok_ = true;
};

}  // namespace

namespace {

/// Handles of these domains can be gone.
std::set<DomainId> mortal_domains(const Module& m) {
  std::set<DomainId> out;
  for (const Stmt& stmt : m.stmts)
    if (const auto* destroy = std::get_if<Destroy>(&stmt.node))
      out.insert(m.exprs[destroy->handle].type.decl);
  return out;
}

}  // namespace

std::vector<SymValue> fresh_arguments(Encoder& enc, const Callable& action,
                                      const std::string& prefix) {
  const std::set<DomainId> mortal = mortal_domains(enc.module());
  std::vector<SymValue> args;
  for (const VarId p : action.params) {
    const Local& param = action.locals[p];
    const bool lives = param.type.kind == TypeKind::kHandle && mortal.count(param.type.decl) == 0;
    args.push_back(
        enc.fresh_value(prefix + param.name, param.type, lives ? enc.base_state().get() : nullptr));
  }
  return args;
}

bool enumerate_paths(Encoder& enc, const Action& action, const std::vector<SymValue>& args,
                     const SymStatePtr& pre, std::vector<Path>& out, std::size_t limit) {
  auto env = std::make_shared<Env>(Walker::arbitrary_locals(enc, action));
  for (std::size_t i = 0; i < args.size(); ++i)
    (*env)[action.params[i]] = args[i];
  Walk walk;
  walk.stack.push_back({&action.body, 0, false, nullptr, {}, nullptr});
  walk.state = pre;
  walk.env = std::move(env);
  return Walker(enc, action, args, out, limit).run(std::move(walk));
}

}  // namespace gms::ir::smt
