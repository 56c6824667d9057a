// Events of rwlock.
#include "model/generated/rwlock/events.h"

#include <cstddef>

#include "model/generated/rwlock/actions.h"
#include "model/generated/rwlock/slots.h"
#include "model/generated/rwlock/words.h"
#include "model/runtime/value.h"

namespace gms::model::rwlock {

Verdict on_spawn(EventRun<State>& run) {
  State& s = run.s;
  std::optional<NameTable::Id> thread_name;
  if (!run.read_name(kSlotThread, Absent::kIsZero, thread_name, nullptr))
    return Verdict::kUndecided;
  {
    SpawnOutputs out;
    const Verdict verdict = run.follow(
        std::nullopt, [&](Follow& choose) { return spawn(s, choose, out); },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(thread_name, Optional<Thread>(out.t))) return Verdict::kUndecided;
  }
  if (thread_name) run.introduce(*thread_name);
  return Verdict::kConforms;
}

Verdict on_read_lock(EventRun<State>& run) {
  State& s = run.s;
  Optional<Thread> thread;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> thread_name;
  if (!run.read_name(kSlotThread, Absent::kIsError, thread_name, nullptr))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (thread_name && !run.find_handle(*thread_name, false, thread)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return read_lock(s, choose, thread); },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::rwlock
