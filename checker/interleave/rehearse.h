// The calls of a run that breaks a property, made in another version of the spec.
#pragma once

#include <optional>

#include "checker/explore/explore.h"
#include "ir/stepwise/stepwise.h"

namespace gms::check {

/// Whether the calls of the run, those that overlap in any order of their steps, break the property
/// of `other` as well. Actions and parameters are found by name. Nothing if the calls cannot be
/// made there, or do not end alike before they overlap.
std::optional<bool> breaks_too(const ir::Stepwise& from, const Run& run, const ir::Stepwise& other,
                               const Valuation& values, std::uint32_t property);

}  // namespace gms::check
