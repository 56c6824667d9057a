// Procedures of linux_6_18: what several actions do. One that can end its caller returns
// how, or Clause::kNone.
#pragma once

#include <tuple>

#include "model/generated/linux_6_18/clauses.h"
#include "model/generated/linux_6_18/state.h"
#include "model/runtime/choice.h"

namespace gms::model::linux_6_18 {

/// truncate_inode_pages_range: the pages leave the page cache. Who holds a folio keeps it, with its
/// byte; the index no longer leads to it.
void truncate(State& s, Inode inode, Page gone_lo, Page gone_hi);

/// kvm_gmem_invalidate_begin: the guest's mappings of these pages end, in every VM that has a slot
/// of the file, and none is made until kvm_gmem_invalidate_end.
void zap_guest(State& s, Inode inode, Page pages_lo, Page pages_hi);

/// kvm_gmem_invalidate_end: faults that looked before have to look again.
void end_invalidation(State& s);

/// fput: with the last reference the file is released and its inode evicted. The slots stay; they
/// have no memory any more.
void put_file(State& s, Inode inode);

/// The MMU and, without an entry, kvm_gmem_fault_user_mapping. si_code: 1 SEGV_MAPERR, 2
/// SEGV_ACCERR or BUS_ADRERR. An allocation that fails is tried again.
struct HostFaultResults {
  Signal sig = Signal::kNoSignal;
  Optional<std::uint8_t> si_code;
  auto fields() const { return std::tie(sig, si_code); }
};
HostFaultResults host_fault(State& s, Process proc, Mapping m, MapPage at, bool write);

/// get_user_pages, mm_populate: the pages in order until one cannot be faulted in; `got` of them
/// are there.
struct PopulateResults {
  std::uint64_t got = 0;
  auto fields() const { return std::tie(got); }
};
PopulateResults populate(State& s, Process proc, Mapping m, MapPage at, std::uint64_t n, Need need);

/// kvm_delete_memslot with kvm_gmem_unbind. Pages and sharing stay with the inode.
void delete_slot(State& s, Vm vm, Slot s_2);

/// vfs_fallocate, then kvm_gmem_fallocate. Also what madvise(MADV_REMOVE) does.
template <class Chooser>
Clause fallocate_inode(State& s, Chooser& choose, Inode inode, std::uint32_t mode,
                       std::int64_t offset, std::int64_t length, bool injected);

/// The folios that contain these pages get a reference, and `k` remembers which.
void take(State& s, Pin k, Inode inode, Page start, std::uint64_t n);

/// kvm_mmu_faultin_pfn and what follows it, for one access. `inode`, `page`: where the byte is, if
/// the access can be made; `from`: the slot that shows it.
struct GuestFaultResults {
  GuestExit end = GuestExit::kCompleted;
  Optional<Inode> inode;
  Page page = 0;
  Optional<std::uint64_t> fault_flags;
  bool error = false;
  Optional<Slot> from;
  auto fields() const { return std::tie(end, inode, page, fault_flags, error, from); }
};
GuestFaultResults guest_fault(State& s, Vm vm, Gfn g, bool write);

}  // namespace gms::model::linux_6_18
