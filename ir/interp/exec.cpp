#include "ir/interp/exec.h"

#include <algorithm>

#include "ir/type.h"
#include "ir/walk.h"

namespace gms::ir::interp {

// ---- Runs ---------------------------------------------------------------------------------------

Completeness Executor::outcomes(const State& from, ActionId id, std::span<const Value> args,
                                const RunOptions& options, const OutcomeVisitor& visit) {
  const Action& action = p_.module.actions[id];
  options_ = &options;
  script_.clear();
  cut_ = false;
  eval_.steps = options.max_steps;
  eval_.out_of_steps = eval_.saw_unknown = false;
  eval_.keep_origins = true;
  do {
    position_ = 0;
    made_ = 0;
    state_ = from;
    stored_.clear();
    eval_.origins.clear();
    eval_.set_states(&*state_);
    eval_.reset();
    eval_.push_frame(action.locals.size());
    for (std::size_t i = 0; i < action.params.size(); ++i) {
      Value arg = args[i];
      if (arg.is_unknown()) arg.symbol = state_->new_symbol();
      eval_.local(action.params[i]) = arg;
    }
    callable_ = &action;
    Flow flow = block(action.body);
    if (flow == Flow::kNext) {
      clause_ = action.ok_clause;
      flow = Flow::kExit;
    }
    if (eval_.out_of_steps) return Completeness::kCut;
    if (eval_.saw_unknown) {
      // A condition read a value that nobody knows: well-formed modules have no such path but for
      // arguments that must not be unknown.
      eval_.saw_unknown = false;
      cut_ = true;
    }
    if (flow == Flow::kExit && !finish(action, visit)) return Completeness::kStopped;
  } while (next_script());
  return cut_ ? Completeness::kCut : Completeness::kAll;
}

std::uint64_t Executor::choose(std::uint64_t count) {
  if (position_ == script_.size()) script_.push_back({0, count});
  return script_[position_++].taken;
}

// The last choice that has another candidate takes it; what came after is chosen anew.
bool Executor::next_script() {
  script_.resize(position_);
  while (!script_.empty()) {
    if (++script_.back().taken < script_.back().count) return true;
    script_.pop_back();
  }
  return false;
}

bool Executor::finish(const Action& action, const OutcomeVisitor& visit) {
  const std::uint64_t result = p_.module.clauses[clause_].result;
  const Observed* seen = options_->observed;
  if (seen != nullptr && seen->result && *seen->result != result) return true;
  Outcome outcome{clause_, result, {}, {}, std::move(*state_)};
  outcome.outputs.reserve(action.outputs.size());
  for (VarId var : action.outputs)
    outcome.outputs.push_back(eval_.local(var));
  if (options_->keep_locals) {
    const auto frame = eval_.frame(action.locals.size());
    outcome.locals.assign(frame.begin(), frame.end());
  }
  if (seen != nullptr && !matches(outcome)) return true;
  for (Value& v : outcome.outputs) {
    if (v.is_unknown()) v.bits = 0;
  }
  return visit(std::move(outcome));
}

bool Executor::matches(Outcome& outcome) const {
  const std::vector<Value>& seen = options_->observed->outputs;
  const std::size_t count = std::min(seen.size(), outcome.outputs.size());
  const std::vector<Value> given = outcome.outputs;
  for (std::size_t i = 0; i < count; ++i) {
    const Value& want = seen[i];
    const Value& have = given[i];
    if (!want.is_known()) continue;
    if (have.tag == Tag::kUnset) {
      if (want.tag != Tag::kNone) return false;
    } else if (have.is_known()) {
      if (have.tag != want.tag || have.bits != want.bits) return false;
    } else {
      // Outputs that show one unknown value agree on it.
      for (std::size_t j = 0; j < i; ++j) {
        if (given[j] == have && have.symbol != 0 && seen[j].is_known() && !(seen[j] == want)) {
          return false;
        }
      }
      if (!learn(outcome.next, have, want)) return false;
      outcome.outputs[i] = want;
    }
  }
  return true;
}

// Stores what was seen where the unknown value came from. False: it cannot have been this one.
bool Executor::learn(State& state, const Value& unknown, const Value& seen) const {
  if (unknown.tag == Tag::kUnknownSome && seen.tag == Tag::kNone) return false;
  if (unknown.symbol == 0) {
    state.set_inexact();  // what it was computed from is forgotten
    return true;
  }
  if (unknown.each || (unknown.bits != 0 && !state.is_copied(unknown.symbol))) {
    const Evaluator::Origin& origin = eval_.origins[unknown.bits - 1];
    const Value now = state.get(origin.state, origin.key, origin.position);
    // The action may have overwritten it since.
    if (now.is_unknown() && now.symbol == unknown.symbol) {
      if (eval_.footprint != nullptr)
        eval_.footprint->write(origin.state, origin.key, origin.position, origin.position);
      state.set(origin.state, origin.key, origin.position, origin.position, seen);
    }
    return true;
  }
  // It may stand anywhere.
  if (eval_.footprint != nullptr) eval_.footprint->set_opaque();
  state.substitute(unknown.symbol, seen);
  return true;
}

// ---- Statements ---------------------------------------------------------------------------------

Executor::Flow Executor::block(const Block& b) {
  for (StmtId id : b) {
    const Flow flow = stmt(id);
    if (flow != Flow::kNext) return flow;
    if (eval_.out_of_steps) return Flow::kDead;
  }
  return Flow::kNext;
}

Executor::Flow Executor::stmt(StmtId id) {
  return std::visit(
      Overloaded{
          [&](const Let& s) {
            eval_.local(s.var) = eval_.eval(s.value);
            return Flow::kNext;
          },
          [&](const Assign& s) {
            eval_.local(s.var) = eval_.eval(s.value);
            return Flow::kNext;
          },
          [&](const Update&) {
            update(id);
            return Flow::kNext;
          },
          [&](const Guard& s) { return exit(s); },
          [&](const Return& s) { return returns(s); },
          [&](const Call& s) { return call(s); },
          [&](const If& s) {
            return block(eval_.test(s.cond, false) ? s.then_block : s.else_block);
          },
          [&](const Choose& s) { return choose_value(id, s); },
          [&](const Require& s) { return eval_.test(s.cond, false) ? Flow::kNext : Flow::kDead; },
          [&](const Create& s) {
            create(s);
            return Flow::kNext;
          },
          [&](const Destroy& s) {
            destroy(s);
            return Flow::kNext;
          },
          // The atomic reading has none of these.
          [](const Step&) { return Flow::kNext; },
          [](const Acquire&) { return Flow::kNext; },
          [](const Release&) { return Flow::kNext; },
          [](const Scan&) { return Flow::kNext; },
          [](const Each&) { return Flow::kNext; },
          [](const Await&) { return Flow::kNext; },
          [](const Sample&) { return Flow::kNext; },
          [](const Retry&) { return Flow::kNext; },
      },
      p_.module.stmts[id].node);
}

void Executor::create(const Create& create) {
  const DomainId domain = callable_->locals[create.var].type.decl;
  const std::uint32_t handle = options_->first_handle
                                   ? state_->create_as(domain, *options_->first_handle + made_++)
                                   : state_->create(domain);
  if (eval_.footprint != nullptr) eval_.footprint->write_live(domain, handle);
  eval_.local(create.var) = Value::known(handle);
}

void Executor::destroy(const Destroy& destroy) {
  const std::uint64_t bits = eval_.eval(destroy.handle).bits;
  const DomainId domain = p_.module.exprs[destroy.handle].type.decl;
  if (eval_.footprint != nullptr) {
    const auto handle = static_cast<std::uint32_t>(bits);
    eval_.footprint->read_live(domain, handle);
    eval_.footprint->write_live(domain, handle);
    // Its points get their initial values again.
    for (StateId id = 0; id < p_.shape.states.size(); ++id)
      state_->for_each_run_of(id, domain, handle,
                              [&](const HandleKey& key, std::uint64_t from, std::uint64_t last) {
                                eval_.footprint->write(id, key, from, last);
                              });
  }
  state_->destroy(domain, bits);
}

void Executor::set(StateId state, const HandleKey& key, std::uint64_t from, std::uint64_t last,
                   Value value) {
  if (eval_.footprint != nullptr) eval_.footprint->write(state, key, from, last);
  state_->set(state, key, from, last, value);
}

/// How many of the calls that overlap are such as the exit names. Of number `wanted`, if there are
/// so many, the exit's locals have the arguments afterwards.
std::uint64_t Executor::count_racers(const Guard& guard, std::uint64_t wanted) {
  if (options_->allow_raced) {
    for (const Racer& racer : guard.racers) {
      for (const VarId var : racer.vars) {
        if (var != kNoId) eval_.local(var) = Value::known(0);
      }
    }
    return 1;
  }
  if (options_->racing == nullptr) return 0;
  if (guard.racers.empty()) return options_->racing->empty() ? 0 : 1;
  std::uint64_t count = 0;
  for (const Racer& racer : guard.racers) {
    for (const RacingCall& call : *options_->racing) {
      if (call.action != racer.action) continue;
      for (std::size_t i = 0; i < racer.vars.size(); ++i) {
        if (racer.vars[i] != kNoId) eval_.local(racer.vars[i]) = call.args[i];
      }
      if (racer.cond != kNoId && !eval_.test(racer.cond, false)) continue;
      if (count++ == wanted) return count;
    }
  }
  return count;
}

Executor::Flow Executor::exit(const Guard& guard) {
  if (options_->passed_over != nullptr && (*options_->passed_over)[guard.clause])
    return Flow::kNext;
  if (guard.raced && !options_->allow_raced && options_->racing == nullptr) return Flow::kNext;
  if (guard.cond != kNoId && !eval_.test(guard.cond, false)) return Flow::kNext;
  if (guard.may || guard.raced) {
    const Observed* seen = options_->observed;
    const bool other =
        seen != nullptr && seen->result && *seen->result != p_.module.clauses[guard.clause].result;
    if (other) return Flow::kNext;
    const std::uint64_t ways = guard.raced ? count_racers(guard, ~std::uint64_t{0}) : 1;
    if (ways == 0) return Flow::kNext;
    // What needs no race comes first: it is preferred where either explains what was seen.
    const std::uint64_t taken = choose(ways + 1);
    if (taken == (guard.raced ? 0 : ways)) return Flow::kNext;
    if (guard.raced) count_racers(guard, taken - 1);
  }
  for (const Assign& assign : guard.with)
    eval_.local(assign.var) = eval_.eval(assign.value);
  clause_ = guard.clause;
  return Flow::kExit;
}

Executor::Flow Executor::returns(const Return& ret) {
  if (ret.cond != kNoId && !eval_.test(ret.cond, false)) return Flow::kNext;
  if (ret.values.size() == 1) {
    eval_.local(callable_->outputs[0]) = eval_.eval(ret.values[0]);
  } else {
    // All values are computed before any is assigned.
    std::vector<Value> values;
    for (ExprId value : ret.values)
      values.push_back(eval_.eval(value));
    for (std::size_t i = 0; i < values.size(); ++i) {
      eval_.local(callable_->outputs[i]) = values[i];
    }
  }
  return Flow::kReturn;
}

Executor::Flow Executor::call(const Call& call) {
  const Callable& proc = p_.module.procs[call.proc];
  std::vector<Value> values;
  values.reserve(call.args.size());
  for (ExprId arg : call.args)
    values.push_back(eval_.eval(arg));
  const Callable* caller = callable_;
  callable_ = &proc;
  const std::size_t saved = eval_.push_frame(proc.locals.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    eval_.local(proc.params[i]) = values[i];
  const Flow flow = block(proc.body);
  values.clear();
  for (VarId var : proc.outputs)
    values.push_back(eval_.local(var));
  eval_.pop_frame(saved);
  callable_ = caller;
  if (flow == Flow::kExit || flow == Flow::kDead) return flow;
  for (std::size_t i = 0; i < call.results.size(); ++i) {
    if (call.results[i] != kNoId) eval_.local(call.results[i]) = values[i];
  }
  return Flow::kNext;
}

Executor::Flow Executor::choose_value(StmtId id, const Choose& s) {
  const Range& range = p_.choices[id];
  std::uint64_t count = 0, first = 0;
  if (range.kind == Range::Kind::kHandles && eval_.footprint != nullptr)
    eval_.footprint->read_live(range.domain, Footprint::kAnyHandle);
  switch (range.kind) {
    case Range::Kind::kHandles: count = state_->live(range.domain).size(); break;
    case Range::Kind::kMembers: count = range.members.size(); break;
    case Range::Kind::kNumbers: {
      std::uint64_t last = range.max;
      if (range.lo != kNoId) {
        first = eval_.eval(range.lo).bits ^ range.sign;
        last = eval_.eval(range.hi).bits ^ range.sign;
        if (first >= last && !p_.choice_optional[id]) return Flow::kDead;
        count = first < last ? last - first : 0;
      } else {
        count = last == ~std::uint64_t{0} ? last : last + 1;
      }
      break;
    }
  }
  if (count > options_->max_candidates) {
    count = options_->max_candidates;
    cut_ = true;
  }
  const std::uint64_t all = count + (p_.choice_optional[id] ? 1 : 0);
  if (all == 0) return Flow::kDead;
  const std::uint64_t taken = all == 1 ? 0 : choose(all);
  Value value = Value::none();
  if (taken < count) {
    switch (range.kind) {
      case Range::Kind::kHandles: value = Value::known(state_->live(range.domain)[taken]); break;
      case Range::Kind::kMembers: value = Value::known(range.members[taken]); break;
      case Range::Kind::kNumbers: value = Value::known((first + taken) ^ range.sign); break;
    }
  }
  eval_.local(s.var) = value;
  return s.cond == kNoId || eval_.test(s.cond, false) ? Flow::kNext : Flow::kDead;
}

// ---- Updates ------------------------------------------------------------------------------------

void Executor::update(StmtId id) {
  const UpdatePlan& plan = p_.updates[id];
  writes_.clear();
  update_points(plan, 0);
  apply();
}

void Executor::update_points(const UpdatePlan& plan, std::size_t depth) {
  if (depth == plan.binders.size()) {
    if (plan.where == kNoId || eval_.test(plan.where, false)) record(plan);
    return;
  }
  if (plan.binders[depth].kind == Range::Kind::kHandles && eval_.footprint != nullptr)
    eval_.footprint->read_live(plan.binders[depth].domain, Footprint::kAnyHandle);
  std::size_t before = 0;
  eval_.for_each(
      plan.binders[depth],
      [&](const Value&) {
        before = writes_.size();
        update_points(plan, depth + 1);
        return true;
      },
      [&](std::uint64_t last) {
        // All that was recorded here holds up to `last`.
        for (std::size_t i = before; i < writes_.size(); ++i) {
          Write& write = writes_[i];
          const std::size_t handles = p_.shape.states[write.plan->state].domains.size();
          for (std::size_t k = handles; k < write.plan->keys.size(); ++k) {
            if (write.plan->keys[k].binder == depth) write.last[k - handles] = last;
          }
        }
      });
}

void Executor::record(const UpdatePlan& plan) {
  for (const AssignPlan& assign : plan.assigns) {
    const StateShape& shape = p_.shape.states[assign.state];
    Write write;
    write.plan = &assign;
    bool live = true;
    std::size_t i = 0;
    for (; i < shape.domains.size(); ++i) {
      const Value handle = eval_.eval(assign.keys[i].expr);
      const bool bound = assign.keys[i].binder != kNoId;
      if (!bound && eval_.footprint != nullptr)
        eval_.footprint->read_live(shape.domains[i], static_cast<std::uint32_t>(handle.bits));
      live = live && (bound || state_->is_live(shape.domains[i], handle.bits));
      write.key.handles[i] = static_cast<std::uint32_t>(handle.bits);
    }
    if (!live) continue;  // nothing is kept of what is not live
    for (; i < assign.keys.size(); ++i) {
      Value key = eval_.eval(assign.keys[i].expr);
      if (assign.keys[i].binder == kNoId) eval_.pin(key);
      write.from[i - shape.domains.size()] = write.last[i - shape.domains.size()] = key.bits;
    }
    if (assign.value == kNoId) {
      write.value = Value::unknown();
      write.value.each = true;  // store gives the symbol
    } else {
      write.value = eval_.eval(assign.value);
      eval_.pin(write.value);
    }
    writes_.push_back(write);
  }
}

void Executor::apply() {
  for (const Write& write : writes_)
    store(write);
}

bool Executor::is_point(const Write& write, std::size_t keys) {
  for (std::size_t k = 0; k < keys; ++k) {
    if (write.from[k] != write.last[k]) return false;
  }
  return true;
}

void Executor::store(const Write& write) {
  const Value cell = write.value.is_unknown() ? to_cell(write) : write.value;
  store_box(write, 0, 0, cell);
}

// What a cell holds of an unknown value. A copy of another cell keeps its symbol, so that seeing
// one tells the other; where that cannot be said (many different values at once, or something
// computed), the state becomes inexact.
Value Executor::to_cell(const Write& write) {
  const bool point = is_point(write, p_.shape.states[write.plan->state].flat.size());
  Value cell = write.value;
  if (write.plan->value == kNoId) {
    cell.symbol = state_->new_symbol();
    cell.each = !point;
    return cell;
  }
  const std::uint64_t origin = cell.bits;
  cell.bits = 0;
  if (cell.symbol == 0 || (cell.each && (origin == 0 || !point))) {
    state_->set_inexact();
    cell.symbol = state_->new_symbol();
    cell.each = !point;
    return cell;
  }
  if (cell.each) {
    // One value of many: it gets a symbol of its own, where it stands and here.
    const Evaluator::Origin& from = eval_.origins[origin - 1];
    cell.each = false;
    const Value now = state_->get(from.state, from.key, from.position);
    const bool still_there = now.is_unknown() && now.symbol == cell.symbol;
    cell.symbol = state_->new_symbol();
    if (still_there) {
      Value own = now;
      own.symbol = cell.symbol;
      own.each = false;
      set(from.state, from.key, from.position, from.position, own);
      state_->note_copied(cell.symbol);
    }
    return cell;
  }
  const bool stored = std::find(stored_.begin(), stored_.end(), cell.symbol) != stored_.end();
  if (!point || origin != 0 || stored) state_->note_copied(cell.symbol);
  stored_.push_back(cell.symbol);
  return cell;
}

void Executor::store_box(const Write& write, std::size_t flat, std::uint64_t position,
                         Value value) {
  const StateShape& shape = p_.shape.states[write.plan->state];
  const std::size_t keys = shape.flat.size();
  if (flat == keys) {
    set(write.plan->state, write.key, position, position, value);
    return;
  }
  // If all keys to the right take every value, the box is one range.
  bool full = true;
  for (std::size_t k = flat + 1; k < keys; ++k) {
    full = full && write.from[k] == 0 && write.last[k] == mask_of(shape.flat[k].width);
  }
  const unsigned shift = shape.flat[flat].shift;
  if (full) {
    const std::uint64_t below = shift == 0 ? 0 : mask_of(shift);
    set(write.plan->state, write.key, position | write.from[flat] << shift,
        position | write.last[flat] << shift | below, value);
    return;
  }
  for (std::uint64_t x = write.from[flat];; ++x) {
    store_box(write, flat + 1, position | x << shift, value);
    if (x == write.last[flat]) return;
    if (eval_.steps == 0) {
      eval_.out_of_steps = true;
      return;
    }
    --eval_.steps;
  }
}

}  // namespace gms::ir::interp
