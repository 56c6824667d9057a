// The events of inplace_v7: how lines of a trace become actions.
#pragma once

#include <cstdint>

#include "model/generated/inplace_v7/state.h"
#include "model/runtime/event_run.h"

namespace gms::model::inplace_v7 {

/// Judges the event with this number. The journal takes back what it did if it does not conform.
Verdict judge(EventRun<State>& run, std::uint32_t event);

}  // namespace gms::model::inplace_v7
