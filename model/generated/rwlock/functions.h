// The pure functions of rwlock.
#pragma once

#include "model/generated/rwlock/state.h"

namespace gms::model::rwlock {}  // namespace gms::model::rwlock
