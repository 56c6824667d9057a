// Which numbers a state function can hold, where they can be listed: constants of the spec, values
// that arguments take, and what is computed of a few of them. A u32 that is only ever 0, 1 or 3
// needs two bits.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "gen/backend/explore/bounds.h"

namespace gms::gen::explore {

/// By StateId, for functions of integers: the values, or nothing if there are too many.
std::vector<std::optional<std::set<std::uint64_t>>> value_sets(const ir::Module& module,
                                                               const Bounds& bounds);

}  // namespace gms::gen::explore
