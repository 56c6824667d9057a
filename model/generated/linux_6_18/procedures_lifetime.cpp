// Procedures of linux_6_18: what several actions do.
#include "model/generated/linux_6_18/procedures.h"

#include "model/generated/linux_6_18/functions.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

/// truncate_inode_pages_range: the pages leave the page cache. Who holds a folio keeps it, with its
/// byte; the index no longer leads to it.
// linux_6_18/lifetime.gms:4
void truncate(State& s, Inode inode, Page gone_lo, Page gone_hi) {
  for (const Pin k : s.all<Pin>()) {
    for_each_stretch(stretch(gone_lo, gone_hi), [&](Cursor p) {
      if (s.pin_inode(k) == inode && s.hold(k, p) == Hold::kHolds) {
        const Lazy<std::uint8_t> new_orphan_byte = s.copied(s.content(inode, p, 0));
        s.orphan_byte.at(k, p.covered()) = new_orphan_byte;
        s.hold.at(k, p.covered()) = Hold::kOrphan;
      }
    });
  }
  for (const Process r : s.all<Process>()) {
    for (const Mapping m : s.all<Mapping>()) {
      if (s.map_inode(m) == inode) {
        s.mapped.at(r, m, stretch(gone_lo, gone_hi)) = false;
      }
    }
  }
  s.content.at(inode, stretch(gone_lo, gone_hi), whole(12)) = 0;
  s.frame.at(inode, stretch(gone_lo, gone_hi)) = Lazy<std::uint64_t>::unknown();
  s.cached.at(inode, stretch(gone_lo, gone_hi)) = false;
  s.partly_filled.at(inode, stretch(gone_lo, gone_hi)) = false;
  s.uptodate.at(inode, stretch(gone_lo, gone_hi)) = false;
  return;
}

/// kvm_gmem_invalidate_begin: the guest's mappings of these pages end, in every VM that has a slot
/// of the file, and none is made until kvm_gmem_invalidate_end.
// linux_6_18/lifetime.gms:19
void zap_guest(State& s, Inode inode, Page pages_lo, Page pages_hi) {
  for (const Slot s_2 : s.all<Slot>()) {
    if (s.slot_inode(s_2) == inode) {
      s.stage2.at(s_2, stretch(pages_lo, pages_hi)) = Stage2::kUnmapped;
    }
  }
  return;
}

/// kvm_gmem_invalidate_end: faults that looked before have to look again.
/// (kvm_mmu_invalidate_end)
// linux_6_18/lifetime.gms:25
void end_invalidation(State&) {
  return;
}

/// fput: with the last reference the file is released and its inode evicted. The slots stay; they
/// have no memory any more. (kvm_gmem_release)
// linux_6_18/lifetime.gms:32
void put_file(State& s, Inode inode) {
  if (file_referenced(s, inode)) {
    return;
  }
  truncate(s, inode, 0, s.npages(inode));
  for (const Slot s_2 : s.all<Slot>()) {
    if (s.slot_inode(s_2) == inode) {
      s.stage2.at(s_2, whole(52)) = Stage2::kUnmapped;
    }
  }
  for (const Slot s_2 : s.all<Slot>()) {
    if (s.slot_inode(s_2) == inode) {
      s.slot_inode.at(s_2) = Optional<Inode>{};
    }
  }
  for (const Fd f : s.all<Fd>()) {
    if (s.fd_inode(f) == inode) {
      s.fd_inode.at(f) = Optional<Inode>{};
    }
  }
  for (const Mapping m : s.all<Mapping>()) {
    if (s.map_inode(m) == inode) {
      s.map_inode.at(m) = Optional<Inode>{};
    }
  }
  for (const Pin k : s.all<Pin>()) {
    if (s.pin_inode(k) == inode) {
      s.pin_inode.at(k) = Optional<Inode>{};
    }
  }
  destroy(s, inode);
  return;
}

}  // namespace gms::model::linux_6_18
