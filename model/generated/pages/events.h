// The events of pages: how lines of a trace become actions.
#pragma once

#include <cstdint>

#include "model/generated/pages/clauses.h"
#include "model/generated/pages/state.h"
#include "model/runtime/event_run.h"

namespace gms::model::pages {

/// Judges the event with this number, by the function of its op. The journal takes back what it did
/// if it does not conform.
Verdict judge(EventRun<State>& run, std::uint32_t event);

Verdict on_write(EventRun<State>& run);

}  // namespace gms::model::pages
