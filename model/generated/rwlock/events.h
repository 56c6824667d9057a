// The events of rwlock: how lines of a trace become actions.
#pragma once

#include <cstdint>

#include "model/generated/rwlock/clauses.h"
#include "model/generated/rwlock/state.h"
#include "model/runtime/event_run.h"

namespace gms::model::rwlock {

/// Judges the event with this number, by the function of its op. The journal takes back what it did
/// if it does not conform.
Verdict judge(EventRun<State>& run, std::uint32_t event);

Verdict on_spawn(EventRun<State>& run);
Verdict on_read_lock(EventRun<State>& run);

}  // namespace gms::model::rwlock
