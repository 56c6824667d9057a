#include "checker/diff/overlaps.h"

#include <algorithm>
#include <sstream>

#include "base/diagnostic.h"
#include "checker/interleave/interleave.h"
#include "checker/interleave/lanes.h"
#include "checker/interleave/rehearse.h"
#include "ir/atomic.h"
#include "ir/stepwise/stepwise.h"

namespace gms::diff {
namespace {

/// Of those that somebody wrote.
std::optional<std::uint32_t> find_property(const ir::Stepwise& s, const std::string& name) {
  for (std::uint32_t p = 0; p < s.first_candidate; ++p)
    if (s.module.properties[p].name == name) return p;
  return std::nullopt;
}

}  // namespace

Overlaps find_overlaps(const ir::Module& old, const check::Valuation& old_values,
                       const ir::Module& now, const check::Valuation& new_values,
                       std::uint64_t max_steps) {
  Overlaps out;
  base::DiagSink unheard;  // a spec whose steps have no such reading is compared without it
  const auto before = ir::checked_stepwise(old, unheard);
  const auto after = ir::checked_stepwise(now, unheard);
  if (!before || !after) return out;
  std::vector<std::uint32_t> properties;
  for (std::uint32_t p = 0; p < after->first_candidate; ++p) {
    const ir::Property& property = after->module.properties[p];
    if (property.is_invariant() && !property.expect_refuted &&
        find_property(*before, property.name))
      properties.push_back(p);
  }
  if (properties.empty()) return out;
  check::InterleaveOptions how;
  how.valuations = {new_values};
  how.seconds = 3600;  // the same each time
  how.max_steps = max_steps;
  const check::Interleavings found = check::interleave(ir::to_atomic(now), *after, properties, how);
  out.steps = found.found.bound.calls;
  for (const check::Reached& reached : found.found.goals) {
    if (!reached.run) continue;
    Finding f;
    f.rule = RuleId::kOverlapBreaks;
    f.level = rule(f.rule).level;
    f.subject = after->module.properties[reached.goal.id].name;
    const auto too = check::breaks_too(*after, *reached.run, *before, old_values,
                                       *find_property(*before, f.subject));
    if (too.value_or(false)) continue;
    if (!too) f.detail = "the old version has no such calls";
    std::istringstream lines(check::lanes_text(*after, *reached.run, true));
    for (std::string one; std::getline(lines, one);)
      f.run.push_back(one);
    for (const Finding& other : out.findings) {
      if (other.run != f.run) continue;
      f.detail += (f.detail.empty() ? "" : ", ") + ("by the run of " + other.subject);
      f.run.clear();
      break;
    }
    out.findings.push_back(std::move(f));
  }
  return out;
}

}  // namespace gms::diff
