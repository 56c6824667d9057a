// The events of rwlock by number.
#include "model/generated/rwlock/events.h"

namespace gms::model::rwlock {

Verdict judge(EventRun<State>& run, std::uint32_t event) {
  switch (event) {
    case 0: return on_spawn(run);
    case 1: return on_read_lock(run);
    default: return Verdict::kUndecided;
  }
}

}  // namespace gms::model::rwlock
