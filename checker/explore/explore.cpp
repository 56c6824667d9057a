#include "checker/explore/explore.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/cpu_time.h"
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

/// Some open goal may depend on a parameter that the valuation changes. Most properties are true:
/// those that are not expected to be refuted do not count.
bool may_help(const ir::Module& m, const ExploreReport& report, const Valuation& from,
              const Valuation& to, std::size_t needed) {
  if (needed == 1) return !report.goals.front().run;
  if (needed == 0) needed = report.goals.size();
  for (std::size_t g = 0; g < needed; ++g) {
    const Reached& reached = report.goals[g];
    if (reached.run) continue;
    if (reached.goal.kind == GoalKind::kViolation) {
      if (m.properties[reached.goal.id].expect_refuted) return true;
      continue;
    }
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
  if (bound.groups > 0)
    return fmt::format("not found in {} states, {} steps of {} groups of calls that overlap",
                       bound.states, bound.calls, bound.groups);
  return fmt::format("not found in {} states, {} calls, depth {}, {} walks, seed {}", bound.states,
                     bound.calls, bound.depth, bound.walks, bound.seed);
}

ExploreReport explore(const ir::Module& module, const std::vector<Goal>& goals,
                      const ExploreOptions& options) {
  ExploreReport report;
  if (goals.empty()) return report;
  for (const Goal& goal : goals)
    report.goals.push_back({goal, std::nullopt, 0});
  report.bound.seed = options.seed;
  const double start = base::thread_seconds();
  const ArgPools pools(module, options.objects_of_lines);
  GoalBook book(module, goals);
  Search search(module, pools, book, options, report);
  const std::vector<Valuation> all =
      options.valuations.empty() ? usual_valuations(module) : options.valuations;
  // A third for the first valuation, a quarter for all others, the rest for the first one again; a
  // tenth of the time is kept for shrinking.
  const auto until = [&](double share) {
    return Search::Budget{
        start + 0.9 * share * options.seconds,
        static_cast<std::uint64_t>(share * static_cast<double>(options.max_calls))};
  };
  search.run(all.front(), until(all.size() == 1 ? 1 : 0.34), options.beam);
  const Search::Budget others = until(0.6);
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (!may_help(module, report, all.front(), all[i], options.needed)) continue;
    std::uint64_t left = 1;
    for (std::size_t j = i + 1; j < all.size(); ++j)
      if (may_help(module, report, all.front(), all[j], options.needed)) ++left;
    const double now = base::thread_seconds();
    const std::uint64_t calls = report.bound.calls;
    Search::Budget budget{now + (others.seconds - now) / static_cast<double>(left), 0};
    if (others.calls != 0)
      budget.calls = calls + (others.calls > calls ? (others.calls - calls) / left : 0) + 1;
    search.run(all[i], budget, options.beam);
  }
  if (all.size() > 1) search.run(all.front(), until(1), 2 * options.beam);
  for (Reached& reached : report.goals) {
    reached.seconds = reached.run ? reached.seconds - start : 0;
    const bool aside = options.needed > 0 && reached.goal.kind != GoalKind::kViolation &&
                       static_cast<std::size_t>(&reached - report.goals.data()) >= options.needed;
    if (!reached.run || !options.shrink || aside) continue;
    ir::interp::Interpreter interpreter(module, reached.run->valuation);
    if (auto less = shrink_run(interpreter, pools, *reached.run, reached.goal, options))
      reached.run = std::move(less);
  }
  report.bound.seconds = base::thread_seconds() - start;
  return report;
}

}  // namespace gms::check
