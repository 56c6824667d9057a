// Findings about what two specs declare: calls, arguments, outputs, constants, parameters.
#pragma once

#include <vector>

#include "checker/diff/finding.h"

namespace gms::diff {

/// Of the modules as they were compiled; without fingerprints.
std::vector<Finding> compare_declarations(const ir::Module& old, const ir::Module& now);

}  // namespace gms::diff
