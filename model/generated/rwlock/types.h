// The kinds of values of rwlock: enums, objects, indices, parameters.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"
#include "model/runtime/handles.h"

namespace gms::model::rwlock {

enum class Mode : std::uint8_t {
  kIdle = 0,
  kReading = 1,
  kWriting = 2,
};

struct ThreadTag;
using Thread = Handle<ThreadTag>;

/// What distinguishes one kernel from another; fixed for a run.
struct Params {};

}  // namespace gms::model::rwlock
