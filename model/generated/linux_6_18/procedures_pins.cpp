// Procedures of linux_6_18: what several actions do.
#include "model/generated/linux_6_18/procedures.h"

#include "model/generated/linux_6_18/functions.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

/// The folios that contain these pages get a reference, and `k` remembers which.
/// (try_grab_folio)
// linux_6_18/pins.gms:4
void take(State& s, Pin k, Inode inode, Page start, std::uint64_t n) {
  s.pin_inode.at(k) = inode;
  s.pin_first.at(k) = start;
  s.pin_end.at(k) = wrap<52>(start + wrap<52>(n));
  s.hold.at(k, stretch(folio_start(s, start), folio_end(s, wrap<52>(start + wrap<52>(n))))) =
      Hold::kHolds;
  return;
}

}  // namespace gms::model::linux_6_18
