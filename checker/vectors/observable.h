// Which state functions calls can show, at once or later: what the others hold is nothing that a
// caller can notice.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "ir/ir.h"

namespace gms::check {

/// By StateId. Too many rather than too few: all that decides what a call or an event does, is
/// computed with, or goes into such a function. `fixed` are parameters that have one value. Both
/// modules have the same state functions; what counts in one of them counts.
std::vector<bool> observable_functions(const ir::Module& original, const ir::Module& changed,
                                       const std::map<ir::ParamId, std::uint64_t>& fixed);

}  // namespace gms::check
