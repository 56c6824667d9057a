// The events of linux_6_18: how lines of a trace become actions.
#pragma once

#include <cstdint>

#include "model/generated/linux_6_18/state.h"
#include "model/runtime/event_run.h"

namespace gms::model::linux_6_18 {

/// Judges the event with this number. The journal takes back what it did if it does not conform.
Verdict judge(EventRun<State>& run, std::uint32_t event);

}  // namespace gms::model::linux_6_18
