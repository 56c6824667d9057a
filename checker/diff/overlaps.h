// What a change of steps and locks means for calls that overlap: properties that some order of
// their steps breaks now.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/conform/valuation.h"
#include "checker/diff/finding.h"
#include "ir/ir.h"

namespace gms::diff {

struct Overlaps {
  std::uint64_t steps = 0;  // looked at in the new version
  std::vector<Finding> findings;
};

/// Looks at so many steps. Both modules have their steps and locks. Of the invariants that both
/// have: a finding says that the same calls do not break it in the old version, in any order of
/// their steps, or cannot be made there.
Overlaps find_overlaps(const ir::Module& old, const check::Valuation& old_values,
                       const ir::Module& now, const check::Valuation& new_values,
                       std::uint64_t max_steps);

}  // namespace gms::diff
