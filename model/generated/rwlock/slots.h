// The fields of lines that the events of rwlock read, by number.
#pragma once

#include <cstddef>

namespace gms::model::rwlock {

enum FieldSlot : std::size_t {
  kSlotOp,      // op
  kSlotThread,  // thread
  kSlotErrno,   // errno
};

}  // namespace gms::model::rwlock
