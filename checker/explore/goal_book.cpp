#include "checker/explore/goal_book.h"

#include <algorithm>

#include "ir/smt/footprint.h"
#include "ir/walk.h"

namespace gms::check {

bool is_on_state(const ir::Property& p) {
  return p.kind == ir::PropertyKind::kInvariant || p.kind == ir::PropertyKind::kLemma ||
         (p.kind == ir::PropertyKind::kCover && p.actions.empty());
}

Goal goal_of(const ir::Module& module, std::uint32_t property) {
  const bool cover = module.properties[property].kind == ir::PropertyKind::kCover;
  return {cover ? GoalKind::kCover : GoalKind::kViolation, property};
}

std::vector<Goal> all_goals(const ir::Module& module) {
  std::vector<Goal> goals;
  for (ir::ClauseId c = 0; c < module.clauses.size(); ++c)
    goals.push_back({GoalKind::kClause, c});
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

std::vector<double> GoalBook::interest() const {
  std::vector<double> weight(m_.states.size(), 1);
  for (ir::ClauseId c = 0; c < clauses_.size(); ++c) {
    if (!clauses_[c]) continue;
    for (const ir::StateId id : clause_reads_[c])
      weight[id] += 1;
  }
  for (std::uint32_t p = 0; p < properties_.size(); ++p) {
    if (!properties_[p]) continue;
    const bool cover = m_.properties[p].kind == ir::PropertyKind::kCover;
    if (!cover && !m_.properties[p].expect_refuted) continue;
    for (const std::uint32_t id : reads_[p])
      if (id < weight.size()) weight[id] += 1;
  }
  return weight;
}

bool state_reaches(ir::interp::Interpreter& interpreter, std::uint32_t property,
                   const ir::interp::State& state) {
  const bool cover = interpreter.module().properties[property].kind == ir::PropertyKind::kCover;
  const Datum holds = interpreter.holds(property, state);
  return cover ? holds.is_true() : holds.is_false();
}

bool step_reaches(ir::interp::Interpreter& interpreter, const Goal& goal,
                  const ir::interp::State& before, ir::ActionId action,
                  const ir::interp::Outcome& outcome) {
  if (goal.kind == GoalKind::kClause) return outcome.clause == goal.id;
  const ir::Property& p = interpreter.module().properties[goal.id];
  if (p.kind == ir::PropertyKind::kLaw) return false;
  if (is_on_state(p)) return state_reaches(interpreter, goal.id, outcome.next);
  if (!p.actions.empty() &&
      std::find(p.actions.begin(), p.actions.end(), action) == p.actions.end())
    return false;
  const Datum holds = interpreter.holds(goal.id, before, outcome);
  return goal.kind == GoalKind::kCover ? holds.is_true() : holds.is_false();
}

}  // namespace gms::check
