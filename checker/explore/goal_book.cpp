#include "checker/explore/goal_book.h"

#include <algorithm>
#include <optional>

#include "checker/conform/reach.h"
#include "ir/smt/footprint.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {

bool is_on_state(const ir::Property& p) {
  return p.is_invariant() || (p.kind == ir::PropertyKind::kCover && p.actions.empty());
}

Goal goal_of(const ir::Module& module, std::uint32_t property) {
  const bool cover = module.properties[property].kind == ir::PropertyKind::kCover;
  return {cover ? GoalKind::kCover : GoalKind::kViolation, property};
}

std::vector<Goal> all_goals(const ir::Module& module) {
  std::vector<Goal> goals;
  const std::vector<bool> raced = ir::raced_clauses(module);  // of no call that runs alone
  for (ir::ClauseId c = 0; c < module.clauses.size(); ++c)
    if (!raced[c]) goals.push_back({GoalKind::kClause, c});
  for (std::uint32_t p = 0; p < module.properties.size(); ++p)
    goals.push_back(goal_of(module, p));
  return goals;
}

std::string goal_text(const ir::Module& m, const Goal& goal) {
  if (goal.kind != GoalKind::kClause)
    return (goal.kind == GoalKind::kCover ? "cover/" : "violation/") + m.properties[goal.id].name;
  const ir::Clause& clause = m.clauses[goal.id];
  const std::string& owner =
      clause.action != ir::kNoId ? m.actions[clause.action].name : m.procs[clause.proc].name;
  return "clause/" + owner + '.' + clause.label;
}

GoalBook::GoalBook(const ir::Module& module, const std::vector<Goal>& goals)
    : m_(module),
      clauses_(module.clauses.size()),
      properties_(module.properties.size()),
      on_step_(module.actions.size()),
      reads_(module.properties.size()),
      clause_reads_(module.clauses.size()) {
  for (ir::ActionId a = 0; a < module.actions.size(); ++a) {
    Reach reach(module);
    reach.add_action(a);
    writes_.push_back(reach.writes());
    clauses_of_.emplace_back();
  }
  for (ir::ClauseId c = 0; c < module.clauses.size(); ++c)
    if (module.clauses[c].action != ir::kNoId) clauses_of_[module.clauses[c].action].push_back(c);
  for (const ir::Stmt& stmt : module.stmts) {
    const auto* guard = std::get_if<ir::Guard>(&stmt.node);
    if (guard == nullptr || guard->cond == ir::kNoId || guard->clause >= clause_reads_.size())
      continue;
    const ir::smt::Footprint reads = ir::smt::footprint(module, guard->cond);
    clause_reads_[guard->clause].insert(clause_reads_[guard->clause].end(), reads.states.begin(),
                                        reads.states.end());
  }
  for (const Goal& goal : goals) {
    if (goal.kind == GoalKind::kClause) {
      if (!clauses_[goal.id]) ++open_clauses_;
      clauses_[goal.id] = true;
      continue;
    }
    if (properties_[goal.id]) continue;
    properties_[goal.id] = true;
    ++(goal.kind == GoalKind::kCover ? open_covers_ : open_violations_);
    const ir::Property& p = module.properties[goal.id];
    if (p.kind != ir::PropertyKind::kLaw) {
      const ir::smt::Footprint reads = ir::smt::footprint(module, p.expr);
      reads_[goal.id].assign(reads.states.begin(), reads.states.end());
      for (const ir::DomainId d : reads.domains)
        reads_[goal.id].push_back(static_cast<std::uint32_t>(module.states.size()) + d);
    }
    if (p.kind == ir::PropertyKind::kLaw) {
      laws_.push_back(goal.id);
    } else if (is_on_state(p)) {
      on_state_.push_back(goal.id);
    } else if (p.actions.empty()) {
      for (std::vector<std::uint32_t>& all : on_step_)
        all.push_back(goal.id);
    } else {
      for (const ir::ActionId action : p.actions)
        on_step_[action].push_back(goal.id);
    }
  }
}

bool GoalBook::meets(std::uint32_t property, const std::vector<bool>& changed) const {
  return std::any_of(reads_[property].begin(), reads_[property].end(),
                     [&](std::uint32_t one) { return changed[one]; });
}

void GoalBook::close(const Goal& goal) {
  if (goal.kind == GoalKind::kClause) {
    if (clauses_[goal.id]) --open_clauses_;
    clauses_[goal.id] = false;
    return;
  }
  if (!properties_[goal.id]) return;
  properties_[goal.id] = false;
  --(goal.kind == GoalKind::kCover ? open_covers_ : open_violations_);
  std::erase(on_state_, goal.id);
  std::erase(laws_, goal.id);
  for (std::vector<std::uint32_t>& all : on_step_)
    std::erase(all, goal.id);
}

bool GoalBook::promising(std::uint32_t property) const {
  const ir::Property& p = m_.properties[property];
  constexpr std::size_t kFew = 6;
  return properties_[property] &&
         (p.kind == ir::PropertyKind::kCover || p.expect_refuted || open_violations_ <= kFew);
}

bool GoalBook::wanted(ir::ActionId action) const {
  const auto promises = [&](std::uint32_t p) { return promising(p); };
  for (const ir::ClauseId c : clauses_of_[action])
    if (clauses_[c]) return true;
  if (std::any_of(on_step_[action].begin(), on_step_[action].end(), promises)) return true;
  return std::any_of(on_state_.begin(), on_state_.end(), [&](std::uint32_t p) {
    return promising(p) && std::any_of(reads_[p].begin(), reads_[p].end(), [&](std::uint32_t f) {
             return f < m_.states.size() && writes_[action][f];
           });
  });
}

std::vector<double> GoalBook::interest() const {
  std::vector<double> weight(m_.states.size(), 0.3);
  for (ir::ClauseId c = 0; c < clauses_.size(); ++c) {
    if (!clauses_[c]) continue;
    for (const ir::StateId id : clause_reads_[c])
      weight[id] += 1;
  }
  for (std::uint32_t p = 0; p < properties_.size(); ++p) {
    if (!properties_[p]) continue;
    if (!promising(p)) continue;
    for (const std::uint32_t id : reads_[p])
      if (id < weight.size()) weight[id] += 1;
  }
  return weight;
}

namespace {

/// The state with every unknown value the same: something that the environment may have chosen.
ir::interp::State chosen(const ir::Module& m, ir::interp::State state, std::uint64_t value) {
  struct Place {
    ir::StateId id;
    ir::interp::HandleKey key;
    std::uint64_t from, last;
  };
  std::vector<Place> places;
  for (ir::StateId id = 0; id < m.states.size(); ++id) {
    state.for_each_run(id, [&](const ir::interp::HandleKey& key, std::uint64_t from,
                               std::uint64_t last, const Datum& cell) {
      if (cell.is_unknown()) places.push_back({id, key, from, last});
    });
  }
  for (const Place& p : places) {
    const ir::Type& type = m.states[p.id].type;
    if (ir::is_value_of(m, type, value & ir::mask_of(type.width)))
      state.set(p.id, p.key, p.from, p.last, Datum::known(value & ir::mask_of(type.width)));
  }
  return state;
}

/// `holds()` of states, with their unknown values chosen where it depends on them: whether it can
/// come out as wanted.
template <class Holds>
bool can_be(bool wanted, const Holds& holds) {
  const Datum plain = holds(std::nullopt);
  if (plain.is_known()) return plain.is_true() == wanted;
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
    const Datum one = holds(std::optional<std::uint64_t>(value));
    if (one.is_known() && one.is_true() == wanted) return true;
  }
  return false;
}

}  // namespace

bool state_reaches(ir::interp::Interpreter& interpreter, std::uint32_t property,
                   const ir::interp::State& state) {
  const ir::Module& m = interpreter.module();
  const bool cover = m.properties[property].kind == ir::PropertyKind::kCover;
  return can_be(cover, [&](std::optional<std::uint64_t> value) {
    return value ? interpreter.holds(property, chosen(m, state, *value))
                 : interpreter.holds(property, state);
  });
}

bool step_reaches(ir::interp::Interpreter& interpreter, const Goal& goal,
                  const ir::interp::State& before, ir::ActionId action,
                  const ir::interp::Outcome& outcome) {
  if (goal.kind == GoalKind::kClause) return outcome.clause == goal.id;
  const ir::Module& m = interpreter.module();
  const ir::Property& p = m.properties[goal.id];
  if (p.kind == ir::PropertyKind::kLaw) return false;
  if (is_on_state(p)) return state_reaches(interpreter, goal.id, outcome.next);
  if (!p.actions.empty() &&
      std::find(p.actions.begin(), p.actions.end(), action) == p.actions.end())
    return false;
  return can_be(goal.kind == GoalKind::kCover, [&](std::optional<std::uint64_t> value) {
    if (!value) return interpreter.holds(goal.id, before, outcome);
    ir::interp::Outcome one = outcome;
    one.next = chosen(m, outcome.next, *value);
    return interpreter.holds(goal.id, chosen(m, before, *value), one);
  });
}

}  // namespace gms::check
