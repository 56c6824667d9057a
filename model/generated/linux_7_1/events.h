// The events of linux_7_1: how lines of a trace become actions.
#pragma once

#include <cstdint>

#include "model/generated/linux_7_1/state.h"
#include "model/runtime/event_run.h"

namespace gms::model::linux_7_1 {

/// Judges the event with this number. The journal takes back what it did if it does not conform.
Verdict judge(EventRun<State>& run, std::uint32_t event);

}  // namespace gms::model::linux_7_1
