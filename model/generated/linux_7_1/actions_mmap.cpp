// Actions of linux_7_1.
#include "model/generated/linux_7_1/actions.h"

#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

/// mmap. The attributes of the pages are not asked, nor whether they are inside the file.
/// (ksys_mmap_pgoff)
// linux_6_18/mmap.gms:8
template <class Chooser>
Clause mmap(State& s, Chooser& choose, Process proc, Optional<Fd> fd, std::uint64_t length,
            std::uint32_t protection, std::uint32_t flags, std::uint64_t offset, bool injected,
            MmapOutputs& out) {
  out = {};
  // offset_unaligned, linux_6_18/mmap.gms:10
  if (!page_aligned(s, offset)) return Clause::kMmapOffsetUnaligned;
  // no_fd, linux_6_18/mmap.gms:13
  if (!is_open(s, proc, fd)) return Clause::kMmapNoFd;
  // hugetlb, linux_6_18/mmap.gms:14
  if ((flags & 0x40000) != 0) return Clause::kMmapHugetlb;
  // zero_length, linux_6_18/mmap.gms:15
  if (length == 0) return Clause::kMmapZeroLength;
  // too_long, linux_6_18/mmap.gms:16
  if (0x7ffffffff000u < length) return Clause::kMmapTooLong;
  // no_room, linux_6_18/mmap.gms:18
  if (0x10000000000u < length && choose.may(Errno::kENOMEM)) return Clause::kMmapNoRoom;
  const std::uint64_t n = (length + 4096 - 1) >> 12;
  const std::uint32_t kind = flags & 15;
  // offset_too_big, linux_6_18/mmap.gms:21
  if (s.fd_inode(fd.value()).has_value() && (0x7fffffffffffffffu - (n << 12)) >> 12 < offset >> 12)
    return Clause::kMmapOffsetTooBig;
  // bad_type, linux_6_18/mmap.gms:23
  if (kind != 1 && kind != 2 && kind != 3) return Clause::kMmapBadType;
  // bad_flag, linux_6_18/mmap.gms:24
  if (kind == 3 && (flags & 0x80000) != 0) return Clause::kMmapBadFlag;
  // noexec, linux_6_18/mmap.gms:25
  if ((protection & 4) != 0) return Clause::kMmapNoexec;
  // no_memory, linux_6_18/mmap.gms:26
  if (faulty(s, injected) && choose.may(Errno::kENOMEM)) return Clause::kMmapNoMemory;
  // not_gmem, linux_6_18/mmap.gms:27
  if (!s.fd_inode(fd.value()).has_value()) return Clause::kMmapNotGmem;
  const Inode inode = s.fd_inode(fd.value()).value();
  // no_mmap, linux_6_18/mmap.gms:29
  if ((s.inode_flags(inode) & 1) == 0) return Clause::kMmapNoMmap;
  // not_shared, linux_6_18/mmap.gms:30
  if (kind == 2) return Clause::kMmapNotShared;
  const Mapping mapping = s.create<Mapping>();
  s.map_inode.at(mapping) = inode;
  s.map_first.at(mapping) = wrap<52>(offset >> 12);
  s.map_npages.at(mapping) = wrap<52>(n);
  s.vma.at(proc, mapping, stretch(0, wrap<52>(n))) = true;
  s.prot.at(proc, mapping, stretch(0, wrap<52>(n))) = protection;
  out.m = mapping;
  if ((flags & 8192) != 0) {
    s.locked.at(proc, mapping, stretch(0, wrap<52>(n))) = true;
  }
  if ((flags & 8192) != 0 || (flags & 0x18000) == 0x8000) {
    populate(s, proc, mapping, 0, n, Need::kLoad);
  }
  return Clause::kMmapOk;
}

/// New zeroed memory that is no guest_memfd: what a trace's mapping without an mmap is.
// linux_6_18/mmap.gms:48
template <class Chooser>
Clause ordinary_memory(State& s, Chooser&, Process proc, std::uint64_t size,
                       OrdinaryMemoryOutputs& out) {
  out = {};
  const Inode memory = s.create<Inode>();
  const Mapping mapping = s.create<Mapping>();
  const std::uint64_t n = (size + 4096 - 1) >> 12;
  s.npages.at(memory) = wrap<52>(n);
  s.frame.at(memory, whole(52)) = Lazy<std::uint64_t>::unknown();
  s.map_inode.at(mapping) = memory;
  s.map_npages.at(mapping) = wrap<52>(n);
  s.vma.at(proc, mapping, stretch(0, wrap<52>(n))) = true;
  s.prot.at(proc, mapping, stretch(0, wrap<52>(n))) = 3;
  out.m = mapping;
  return Clause::kOrdinaryMemoryOk;
}

/// munmap of a part of what was mapped, in the caller only. Holes are no error.
/// (do_vmi_munmap)
// linux_6_18/mmap.gms:62
template <class Chooser>
Clause munmap(State& s, Chooser&, Process proc, Mapping m, std::uint64_t offset,
              std::uint64_t length) {
  // What is looked at below.
  expect(s.vma.spot(proc, m,
                    (wrap<52>(offset >> 12) <= 0 ? std::uint64_t{0} : wrap<52>(offset >> 12))),
         s.locked.spot(proc, m,
                       (wrap<52>(offset >> 12) <= 0 ? std::uint64_t{0} : wrap<52>(offset >> 12))),
         s.mapped.spot(
             proc, m,
             file_page(s, m,
                       (wrap<52>(offset >> 12) <= 0 ? std::uint64_t{0} : wrap<52>(offset >> 12)))),
         s.content.spot(s.map_inode(m).value(), 0, 0), s.frame.spot(s.map_inode(m).value(), 0),
         s.cached.spot(s.map_inode(m).value(), 0), s.partly_filled.spot(s.map_inode(m).value(), 0),
         s.uptodate.spot(s.map_inode(m).value(), 0));
  // unaligned, linux_6_18/mmap.gms:63
  if (!page_aligned(s, offset)) return Clause::kMunmapUnaligned;
  // zero_length, linux_6_18/mmap.gms:64
  if (length == 0 || 0x7ffffffff000u < length || 0x7ffffffff000u < offset)
    return Clause::kMunmapZeroLength;
  const MapPage gone_lo = wrap<52>(offset >> 12) <= 0 ? std::uint64_t{0} : wrap<52>(offset >> 12);
  const MapPage gone_hi = wrap<52>((offset + length + 4096 - 1) >> 12) <= s.map_npages(m)
                              ? wrap<52>((offset + length + 4096 - 1) >> 12)
                              : s.map_npages(m);
  const Page pages_lo = file_page(s, m, gone_lo);
  const Page pages_hi = file_page(s, m, gone_hi);
  s.vma.at(proc, m, stretch(gone_lo, gone_hi)) = false;
  s.locked.at(proc, m, stretch(gone_lo, gone_hi)) = false;
  s.mapped.at(proc, m, stretch(pages_lo, pages_hi)) = false;
  if (s.is_live(m) && !some(s.all<Process>(), [&](Process r) {
        return some(whole(52), [&](Cursor at) { return s.vma(r, m, at); });
      })) {
    const Optional<Inode> inode = s.map_inode(m);
    for (const Slot s_2 : s.all<Slot>()) {
      if (s.slot_hva(s_2) == m) {
        s.slot_hva.at(s_2) = Optional<Mapping>{};
      }
    }
    destroy(s, m);
    if (inode.has_value()) {
      put_file(s, inode.value());
    }
  }
  return Clause::kMunmapOk;
}

/// mprotect of one page. Page-table entries that forbid less are taken away, others stay.
/// (mprotect_fixup)
// linux_6_18/mmap.gms:89
template <class Chooser>
Clause mprotect(State& s, Chooser&, Process proc, Mapping m, MapPage at, std::uint32_t protection) {
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.prot.spot(proc, m, at));
  // bad_prot, linux_6_18/mmap.gms:90
  if ((protection & 0xfcfffff0u) != 0) return Clause::kMprotectBadProt;
  // both_ways, linux_6_18/mmap.gms:92
  if ((protection & 0x1000000) != 0 && (protection & 0x2000000) != 0)
    return Clause::kMprotectBothWays;
  // not_mapped, linux_6_18/mmap.gms:94
  if (!s.vma(proc, m, at)) return Clause::kMprotectNotMapped;
  // vma_gone, linux_6_18/mmap.gms:95: only when calls overlap.
  // does_not_grow, linux_6_18/mmap.gms:97
  if ((protection & 0x3000000) != 0) return Clause::kMprotectDoesNotGrow;
  // noexec, linux_6_18/mmap.gms:98
  if ((protection & 4) != 0) return Clause::kMprotectNoexec;
  s.prot.at(proc, m, at) = protection;
  return Clause::kMprotectOk;
}

template Clause mmap(State& s, Follow& choose, Process proc, Optional<Fd> fd, std::uint64_t length,
                     std::uint32_t protection, std::uint32_t flags, std::uint64_t offset,
                     bool injected, MmapOutputs& out);
template Clause mmap(State& s, Enumerate& choose, Process proc, Optional<Fd> fd,
                     std::uint64_t length, std::uint32_t protection, std::uint32_t flags,
                     std::uint64_t offset, bool injected, MmapOutputs& out);
template Clause ordinary_memory(State& s, Follow& choose, Process proc, std::uint64_t size,
                                OrdinaryMemoryOutputs& out);
template Clause ordinary_memory(State& s, Enumerate& choose, Process proc, std::uint64_t size,
                                OrdinaryMemoryOutputs& out);
template Clause munmap(State& s, Follow& choose, Process proc, Mapping m, std::uint64_t offset,
                       std::uint64_t length);
template Clause munmap(State& s, Enumerate& choose, Process proc, Mapping m, std::uint64_t offset,
                       std::uint64_t length);
template Clause mprotect(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                         std::uint32_t protection);
template Clause mprotect(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                         std::uint32_t protection);

}  // namespace gms::model::linux_7_1
