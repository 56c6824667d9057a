// Actions of rwlock.
#include "model/generated/rwlock/actions.h"

#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::rwlock {

/// down_read
template <class Chooser>
Clause read_lock(State& s, Chooser&, Optional<Thread> t) {
  // bad_thread
  if (!t.has_value()) return Clause::kReadLockBadThread;
  const Thread me = t.value();
  // again
  if (s.mode(me) != Mode::kIdle) return Clause::kReadLockAgain;
  // wait
  if (some(s.all<Thread>(), [&](Thread o) { return s.mode(o) == Mode::kWriting || s.waiting(o); }))
    return Clause::kReadLockWait;
  s.mode.at(me) = Mode::kReading;
  return Clause::kReadLockOk;
}

template <class Chooser>
Clause write_lock(State& s, Chooser&, Thread t) {
  // again
  if (s.mode(t) != Mode::kIdle) return Clause::kWriteLockAgain;
  if (some(s.all<Thread>(), [&](Thread o) { return s.mode(o) != Mode::kIdle; })) {
    s.waiting.at(t) = true;
    // queued
    return Clause::kWriteLockQueued;
  }
  s.waiting.at(t) = false;
  s.mode.at(t) = Mode::kWriting;
  return Clause::kWriteLockOk;
}

template <class Chooser>
Clause unlock(State& s, Chooser&, Thread t) {
  // EPERM.1
  if (s.mode(t) == Mode::kIdle) return Clause::kUnlockEPERM1;
  s.mode.at(t) = Mode::kIdle;
  return Clause::kUnlockOk;
}

template <class Chooser>
Clause spawn(State& s, Chooser&, SpawnOutputs& out) {
  out = {};
  const Thread n = s.create<Thread>();
  out.t = n;
  return Clause::kSpawnOk;
}

template <class Chooser>
Clause leave(State& s, Chooser&, Thread t) {
  destroy(s, t);
  return Clause::kLeaveOk;
}

template Clause read_lock(State& s, Follow& choose, Optional<Thread> t);
template Clause read_lock(State& s, Enumerate& choose, Optional<Thread> t);
template Clause write_lock(State& s, Follow& choose, Thread t);
template Clause write_lock(State& s, Enumerate& choose, Thread t);
template Clause unlock(State& s, Follow& choose, Thread t);
template Clause unlock(State& s, Enumerate& choose, Thread t);
template Clause spawn(State& s, Follow& choose, SpawnOutputs& out);
template Clause spawn(State& s, Enumerate& choose, SpawnOutputs& out);
template Clause leave(State& s, Follow& choose, Thread t);
template Clause leave(State& s, Enumerate& choose, Thread t);

}  // namespace gms::model::rwlock
