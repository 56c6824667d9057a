// The bounds of an exploration: what the options say, and what is taken where they say nothing.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "checker/conform/valuation.h"
#include "flow/explore.h"
#include "gen/backend/explore/bounds.h"

namespace gms::flow {

/// Values of each index sort, where nothing else is said.
inline constexpr std::uint64_t kDefaultIndices = 2;
/// An action is called with at most so many tuples of arguments in a state, objects counted as
/// often as their bound says; where the options do not list values, fewer are taken.
inline constexpr std::uint64_t kMostTuples = 256;

/// `handles`: objects of each domain, where nothing else is said. Nothing after a reported error.
std::optional<gen::explore::Bounds> explore_bounds(const ExploreOptions& options,
                                                   const ir::Module& module,
                                                   const check::Valuation& valuation,
                                                   std::uint32_t handles, base::DiagSink& sink);

}  // namespace gms::flow
