// Calls of the actions of inplace_v7 by number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/generated/inplace_v7/clauses.h"
#include "model/generated/inplace_v7/state.h"
#include "model/runtime/choice.h"
#include "model/runtime/datum.h"

namespace gms::model::inplace_v7 {

/// Runs an action once along the choices; appends its outputs.
Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
            std::vector<Datum>& outputs);

}  // namespace gms::model::inplace_v7
