// Calls of the actions of linux_6_18 by number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/generated/linux_6_18/clauses.h"
#include "model/generated/linux_6_18/state.h"
#include "model/runtime/choice.h"
#include "model/runtime/datum.h"

namespace gms::model::linux_6_18 {

/// Runs an action once along the choices; appends its outputs.
Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
            std::vector<Datum>& outputs);

}  // namespace gms::model::linux_6_18
