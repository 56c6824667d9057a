// The fields of lines that the events of pages read, by number.
#pragma once

#include <cstddef>

namespace gms::model::pages {

enum FieldSlot : std::size_t {
  kSlotOp,       // op
  kSlotSeq,      // seq
  kSlotTid,      // tid
  kSlotGmem,     // gmem
  kSlotValues,   // values
  kSlotValuesV,  // values.v
  kSlotErrno,    // errno
};

}  // namespace gms::model::pages
