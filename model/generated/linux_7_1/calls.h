// Calls of the actions of linux_7_1 by number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/generated/linux_7_1/clauses.h"
#include "model/generated/linux_7_1/state.h"
#include "model/runtime/choice.h"
#include "model/runtime/datum.h"

namespace gms::model::linux_7_1 {

/// Runs an action once along the choices; appends its outputs.
Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
            std::vector<Datum>& outputs);

}  // namespace gms::model::linux_7_1
