// Calls of the actions of pages by number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/generated/pages/clauses.h"
#include "model/generated/pages/state.h"
#include "model/runtime/choice.h"
#include "model/runtime/datum.h"

namespace gms::model::pages {

/// Runs an action once along the choices; appends its outputs.
Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
            std::vector<Datum>& outputs);

}  // namespace gms::model::pages
