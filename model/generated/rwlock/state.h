// The state functions of rwlock.
#pragma once

#include <tuple>

#include "model/generated/rwlock/types.h"
#include "model/runtime/function.h"
#include "model/runtime/lazy.h"
#include "model/runtime/optional.h"

namespace gms::model::rwlock {

using Base = StateBase<ThreadTag>;

struct State : Base {
  const Params params;

  Function<Base, Mode, Thread> mode{*this, Mode::kIdle};
  Function<Base, bool, Thread> waiting{*this, false};

  auto functions() { return std::tie(mode, waiting); }
  auto functions() const { return std::tie(mode, waiting); }

  explicit State(const Params& the_params);
  State(const State& other);
  State& operator=(const State&) = delete;
  ~State();
  friend bool operator==(const State& a, const State& b);
};

// Ends an object and everything that is keyed by it. Nothing if it is not live.
void destroy(State& s, Thread thread);

}  // namespace gms::model::rwlock
