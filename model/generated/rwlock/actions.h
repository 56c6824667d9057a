// Actions of rwlock.
#pragma once

#include <tuple>

#include "model/generated/rwlock/clauses.h"
#include "model/generated/rwlock/state.h"
#include "model/runtime/choice.h"

namespace gms::model::rwlock {

/// down_read
template <class Chooser>
Clause read_lock(State& s, Chooser& choose, Optional<Thread> t);

template <class Chooser>
Clause write_lock(State& s, Chooser& choose, Thread t);

template <class Chooser>
Clause unlock(State& s, Chooser& choose, Thread t);

struct SpawnOutputs {
  Thread t;
  auto fields() const { return std::tie(t); }
};
template <class Chooser>
Clause spawn(State& s, Chooser& choose, SpawnOutputs& out);

template <class Chooser>
Clause leave(State& s, Chooser& choose, Thread t);

}  // namespace gms::model::rwlock
