// How traces spell the enums of rwlock.
#pragma once

#include "model/runtime/names.h"

namespace gms::model::rwlock {

const WordTable& errno_words();

}  // namespace gms::model::rwlock
