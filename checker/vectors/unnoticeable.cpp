#include "checker/vectors/unnoticeable.h"

#include <algorithm>
#include <set>

#include "checker/conform/reach.h"
#include "checker/prove/equivalence.h"
#include "checker/vectors/observable.h"
#include "checker/vectors/writer.h"
#include "ir/build.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

/// The module with one more state function, which nobody writes.
ir::StateId add_copy(ir::Module& m, ir::StateId function) {
  ir::State other = m.states[function];
  other.name += "_elsewhere";
  m.states.push_back(std::move(other));
  return static_cast<ir::StateId>(m.states.size() - 1);
}

/// Each call begins by making the function something else where the guard is false: what the copy
/// says.
void forget_where_not(ir::Module& m, ir::StateId function, ir::StateId guard, ir::StateId copy) {
  for (ir::Action& action : m.actions) {
    ir::Update update;
    ir::ExprBuilder build(m);
    std::vector<std::vector<ir::ExprId>> keys(3);
    for (const ir::Type& key : m.states[function].keys) {
      const auto var = static_cast<ir::VarId>(action.locals.size());
      action.locals.push_back({"elsewhere", key});
      update.binders.push_back({var, key});
      for (std::vector<ir::ExprId>& one : keys)
        one.push_back(build.var(var, key));
    }
    update.where = build.negate(build.read(guard, keys[0]));
    update.assigns.push_back({function, keys[1], build.read(copy, keys[2])});
    const ir::StmtId first = ir::add_stmt(m, std::move(update));
    action.body.insert(action.body.begin(), first);
  }
}

void count_var(const ir::Module& m, ir::ExprId id, ir::VarId var, unsigned& count) {
  const ir::Expr& e = m.exprs[id];
  if (e.op == ir::Op::kVar && e.ref == var) ++count;
  ir::for_each_operand(m, e, [&](ir::ExprId arg) { count_var(m, arg, var, count); });
}

/// kUnsat if it is of all; else the answer for the first for which it is another.
template <class Ask>
Answer of_all(const std::vector<ir::ActionId>& actions, Ask&& ask) {
  for (const ir::ActionId action : actions)
    if (const Answer answer = ask(action); answer != Answer::kUnsat) return answer;
  return Answer::kUnsat;
}

/// The functions that the changed statement writes.
std::set<ir::StateId> written_by(const ir::Module& m, const ir::Mutation& mutation) {
  std::set<ir::StateId> functions;
  if (mutation.stmt == ir::kNoId) return functions;
  if (const auto* update = std::get_if<ir::Update>(&m.stmts[mutation.stmt].node))
    for (const ir::Update::One& one : update->assigns)
      functions.insert(one.state);
  return functions;
}

}  // namespace

NoticeProofs::NoticeProofs(const ir::Module& module, const EventWriter& writer,
                           std::map<ir::ParamId, std::uint64_t> fixed)
    : module_(module), fixed_(std::move(fixed)) {
  writer.end_other_calls(module_);
  for (ir::ActionId a = 0; a < module.actions.size(); ++a)
    errors_alike_.push_back(writer.errors_alike(a));
}

Answer NoticeProofs::tell_apart(const ir::Module& original, const ir::Module& changed,
                                ir::ActionId action, const std::vector<bool>& observable,
                                unsigned milliseconds,
                                const std::pair<ir::StateId, ir::StateId>* where) const {
  EquivalenceOptions options{fixed_, milliseconds, observable, {}, errors_alike_[action]};
  if (where != nullptr) options.counts_where = *where;
  return difference(original, changed, action, options);
}

Answer NoticeProofs::differs_anywhere(const ir::Mutation& mutation, unsigned milliseconds) const {
  const ir::Module changed = ir::apply(module_, mutation);
  const std::vector<bool> observable = observable_functions(module_, changed, fixed_);
  if (mutation.host == ir::MutationHost::kProcedure) {
    const EquivalenceOptions options{fixed_, milliseconds, observable, {}, false};
    if (procedure_difference(module_, changed, mutation.host_id, options) == Answer::kUnsat)
      return Answer::kUnsat;
  }
  return of_all(ir::touched_actions(module_, mutation), [&](ir::ActionId action) {
    return tell_apart(module_, changed, action, observable, milliseconds, nullptr);
  });
}

/// Whether what the function holds where the guard is false decides anything, or begins to count.
Answer NoticeProofs::counts_elsewhere(ir::StateId function, ir::StateId guard,
                                      unsigned milliseconds) {
  const std::pair<ir::StateId, ir::StateId> where{function, guard};
  Asked* entry = nullptr;
  {
    const std::lock_guard lock(mutex_);
    entry = &elsewhere_[where];
  }
  Asked& asked = *entry;
  const std::lock_guard lock(asked.mutex);
  if (asked.answer != Answer::kUnknown || asked.milliseconds >= milliseconds) return asked.answer;
  asked.milliseconds = milliseconds;
  ir::Module original = module_;
  const ir::StateId copy = add_copy(original, function);
  ir::Module changed = original;
  forget_where_not(changed, function, guard, copy);
  const std::vector<bool> observable = observable_functions(original, original, fixed_);
  Reach events(module_);
  for (const ir::Event& event : module_.events)
    ir::for_each_expr(event, [&](ir::ExprId id) { events.add_expr(id); });
  if (!observable[guard] || events.reads()[function]) return asked.answer = Answer::kSat;
  std::vector<ir::ActionId> concerned;
  for (ir::ActionId a = 0; a < module_.actions.size(); ++a) {
    Reach reach(module_);
    reach.add_action(a);
    if (reach.reads()[function] || reach.writes()[function] || reach.writes()[guard])
      concerned.push_back(a);
  }
  // This is asked once, about calls that are larger than most. Of most pairs one call tells soon
  // that it is not so.
  const unsigned patience = 3 * milliseconds, glance = milliseconds / 6;
  std::vector<ir::ActionId> open;
  for (const ir::ActionId action : concerned) {
    const Answer answer = tell_apart(original, changed, action, observable, glance, &where);
    if (answer == Answer::kSat) return asked.answer = answer;
    if (answer == Answer::kUnknown) open.push_back(action);
  }
  return asked.answer = of_all(open, [&](ir::ActionId action) {
           return tell_apart(original, changed, action, observable, patience, &where);
         });
}

Answer NoticeProofs::differs_where(const ir::Mutation& mutation, ir::StateId function,
                                   ir::StateId guard, unsigned milliseconds) {
  const std::pair<ir::StateId, ir::StateId> where{function, guard};
  ir::Module original = module_;
  const ir::StateId copy = add_copy(original, function);
  ir::Module changed = ir::apply(original, mutation);
  const std::vector<bool> observable = observable_functions(original, changed, fixed_);
  forget_where_not(changed, function, guard, copy);
  return of_all(ir::touched_actions(module_, mutation), [&](ir::ActionId action) {
    return tell_apart(original, changed, action, observable, milliseconds, &where);
  });
}

Answer NoticeProofs::noticeable(const ir::Mutation& mutation, unsigned milliseconds) {
  if (only_renumbers(module_, mutation)) return Answer::kUnsat;
  Answer answer = differs_anywhere(mutation, milliseconds);
  for (const ir::StateId function : written_by(module_, mutation)) {
    const ir::State& state = module_.states[function];
    for (ir::StateId guard = 0; guard < module_.states.size(); ++guard) {
      if (answer == Answer::kUnsat) return answer;
      const ir::State& other = module_.states[guard];
      if (guard == function || other.type.kind != ir::TypeKind::kBool || other.type.optional ||
          other.keys != state.keys)
        continue;
      // Asked once for all changes, and false of most pairs.
      Answer here = counts_elsewhere(function, guard, milliseconds);
      if (here == Answer::kUnsat) here = differs_where(mutation, function, guard, milliseconds);
      if (here != Answer::kSat) answer = here;
    }
  }
  return answer;
}

bool only_renumbers(const ir::Module& module, const ir::Mutation& mutation) {
  if (mutation.kind != ir::MutationKind::kIndexShifted || mutation.expr == ir::kNoId) return false;
  const ir::Expr& read = module.exprs[mutation.expr];
  if (read.op != ir::Op::kState) return false;
  const ir::Expr& key = module.exprs[read.args[mutation.detail]];
  if (key.op != ir::Op::kVar) return false;
  for (const ir::Expr& e : module.exprs) {
    if ((e.op != ir::Op::kExists && e.op != ir::Op::kForall) || e.binders == ir::kNoId) continue;
    for (const ir::Binder& binder : module.binder_lists[e.binders]) {
      if (binder.var != key.ref || binder.lo != ir::kNoId) continue;
      // A variable has its number in its callable only: this read has to be in the body.
      unsigned inside = 0;
      const auto look = [&](const auto& self, ir::ExprId id) -> void {
        if (id == mutation.expr) ++inside;
        ir::for_each_operand(module, module.exprs[id], [&](ir::ExprId arg) { self(self, arg); });
      };
      look(look, e.args[0]);
      unsigned uses = 0;
      count_var(module, e.args[0], binder.var, uses);
      if (inside == 1 && uses == 1) return true;
    }
  }
  return false;
}

}  // namespace gms::check
