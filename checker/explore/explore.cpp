#include "checker/explore/explore.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/conform/reach.h"
#include "checker/explore/arg_pool.h"
#include "checker/explore/goal_book.h"
#include "checker/explore/search.h"
#include "checker/explore/shrink_run.h"

namespace gms::check {
namespace {

/// The default, then each parameter changed alone.
std::vector<Valuation> usual_valuations(const ir::Module& m) {
  std::vector<Valuation> all{default_valuation(m)};
  for (ir::ParamId p = 0; p < m.params.size(); ++p) {
    const ir::Param& param = m.params[p];
    std::vector<std::uint64_t> values = param.values;
    if (values.empty() && param.type.kind == ir::TypeKind::kBool) values = {0, 1};
    if (values.empty() && param.type.kind == ir::TypeKind::kEnum)
      for (const ir::EnumMember& member : m.enums[param.type.decl].members)
        values.push_back(member.value);
    for (const std::uint64_t value : values) {
      if (value == param.default_value) continue;
      all.push_back(all.front());
      all.back()[p] = value;
    }
  }
  return all;
}

/// Some open clause or cover is decided by a parameter that the valuation changes.
bool may_help(const ir::Module& m, const ExploreReport& report, const Valuation& from,
              const Valuation& to) {
  for (const Reached& reached : report.goals) {
    if (reached.run || reached.goal.kind == GoalKind::kViolation) continue;
    Reach reach(m);
    if (reached.goal.kind == GoalKind::kClause) {
      const ir::Clause& clause = m.clauses[reached.goal.id];
      if (clause.action == ir::kNoId) return true;
      reach.add_action(clause.action);
    } else {
      const ir::Property& p = m.properties[reached.goal.id];
      reach.add_expr(p.expr);
      for (const ir::ActionId action : p.actions)
        reach.add_action(action);
    }
    for (std::size_t i = 0; i < from.size(); ++i)
      if (from[i] != to[i] && reach.params()[i]) return true;
  }
  return false;
}

}  // namespace

const Reached* ExploreReport::find(const Goal& goal) const {
  const auto at = std::find_if(goals.begin(), goals.end(),
                               [&](const Reached& one) { return one.goal == goal; });
  return at == goals.end() ? nullptr : &*at;
}

std::string bound_text(const ExploreBound& bound) {
  return fmt::format("not found in {} states, {} calls, depth {}, {} walks, seed {}", bound.states,
                     bound.calls, bound.depth, bound.walks, bound.seed);
}

ExploreReport explore(const ir::Module& module, const std::vector<Goal>& goals,
                      const ExploreOptions& options) {
  ExploreReport report;
  for (const Goal& goal : goals)
    report.goals.push_back({goal, std::nullopt, 0});
  report.bound.seed = options.seed;
  const double start = thread_seconds();
  const ArgPools pools(module);
  GoalBook book(module, goals);
  Search search(module, pools, book, options, report);
  const std::vector<Valuation> all =
      options.valuations.empty() ? usual_valuations(module) : options.valuations;
  // A tenth is for shrinking.
  const double end = start + 0.9 * options.seconds;
  search.run(all.front(), all.size() == 1 ? end : start + 0.6 * options.seconds);
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (!may_help(module, report, all.front(), all[i])) continue;
    std::size_t left = 0;
    for (std::size_t j = i; j < all.size(); ++j)
      if (may_help(module, report, all.front(), all[j])) ++left;
    const double now = thread_seconds();
    search.run(all[i], now + (end - now) / static_cast<double>(left));
  }
  for (Reached& reached : report.goals) {
    reached.seconds = reached.run ? reached.seconds - start : 0;
    if (!reached.run || !options.shrink) continue;
    ir::interp::Interpreter interpreter(module, reached.run->valuation);
    if (auto less = shrink_run(interpreter, pools, *reached.run, reached.goal))
      reached.run = std::move(less);
  }
  report.bound.seconds = thread_seconds() - start;
  return report;
}

}  // namespace gms::check
