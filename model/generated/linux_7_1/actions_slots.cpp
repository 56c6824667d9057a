// Actions of linux_7_1.
#include "model/generated/linux_7_1/actions.h"

#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

/// KVM_SET_USER_MEMORY_REGION2. pad1 and pad2 are not looked at. Address space 1 (SMM) is not
/// modelled. (kvm_set_memory_region)
// linux_6_18/slots.gms:26
template <class Chooser>
Clause set_user_memory_region2(State& s, Chooser& choose, Process proc, Vm vm, std::uint32_t slot,
                               std::uint32_t flags, std::uint64_t gpa, std::uint64_t size,
                               Optional<Mapping> hva, std::uint64_t hva_offset,
                               Optional<HvaWord> hva_word, Optional<Fd> fd, Optional<FdWord> word,
                               std::uint64_t gmem_offset, bool injected) {
  // What is looked at below.
  expect(s.slot_at.spot(vm, s.slot_base(s.slot_of(vm, static_cast<SlotId>(slot)).value())),
         s.slot_at.spot(vm, wrap<52>(gpa >> 12)),
         s.bindings.spot((((flags & 4) != 0) && fd.has_value() && size != 0 ? s.fd_inode(fd.value())
                                                                            : Optional<Inode>{})
                             .value(),
                         wrap<52>(gmem_offset >> 12)));
  // copy_in, linux_6_18/slots.gms:29
  if (faulty(s, injected) && choose.may(Errno::kEFAULT)) return Clause::kSetUserMemoryRegion2CopyIn;
  const bool with_gmem = (flags & 4) != 0;
  const Optional<Inode> inode =
      with_gmem && fd.has_value() && size != 0 ? s.fd_inode(fd.value()) : Optional<Inode>{};
  // bad_slot, linux_6_18/slots.gms:39
  if (0x7ffc <= (slot & 0xffff)) return Clause::kSetUserMemoryRegion2BadSlot;
  // bad_flags, linux_6_18/slots.gms:40
  if ((flags & ~(with_gmem ? std::uint32_t{4} : std::uint32_t{3})) != 0)
    return Clause::kSetUserMemoryRegion2BadFlags;
  // size_unaligned, linux_6_18/slots.gms:42
  if (!page_aligned(s, size)) return Clause::kSetUserMemoryRegion2SizeUnaligned;
  // gpa_unaligned, linux_6_18/slots.gms:43
  if (!page_aligned(s, gpa)) return Clause::kSetUserMemoryRegion2GpaUnaligned;
  // hva_unaligned, linux_6_18/slots.gms:44
  if (hva_word == HvaWord::kHvaUnaligned || !page_aligned(s, hva_offset))
    return Clause::kSetUserMemoryRegion2HvaUnaligned;
  // hva_range, linux_6_18/slots.gms:45
  if (!range_is_user(s, hva_word == HvaWord::kHvaNull, size))
    return Clause::kSetUserMemoryRegion2HvaRange;
  // hva_range_high, linux_6_18/slots.gms:47
  if ((hva_word != HvaWord::kHvaNull && 0x8000000 < size) && choose.may(Errno::kEINVAL))
    return Clause::kSetUserMemoryRegion2HvaRangeHigh;
  // bad_gmem_offset, linux_6_18/slots.gms:49
  if (with_gmem && (!page_aligned(s, gmem_offset) || wraps(s, gmem_offset, size)))
    return Clause::kSetUserMemoryRegion2BadGmemOffset;
  // bad_address_space, linux_6_18/slots.gms:50
  if (slot >> 16 != 0) return Clause::kSetUserMemoryRegion2BadAddressSpace;
  // gpa_wraps, linux_6_18/slots.gms:51
  if (wraps(s, gpa, size)) return Clause::kSetUserMemoryRegion2GpaWraps;
  // too_many_pages, linux_6_18/slots.gms:52
  if (0x7fffffff < size >> 12) return Clause::kSetUserMemoryRegion2TooManyPages;
  const Gfn base = wrap<52>(gpa >> 12);
  const Gfn gfns_lo = base;
  const Gfn gfns_hi = wrap<52>(base + wrap<52>(size >> 12));
  const Optional<Mapping> backing =
      hva.has_value() && s.is_live(hva.value()) ? hva : Optional<Mapping>{};
  const MapPage hva_first = wrap<52>(hva_offset >> 12);
  const SlotId id = static_cast<SlotId>(slot);
  const Optional<Slot> old = s.slot_of(vm, id);
  if (size == 0) {
    // delete_none, linux_6_18/slots.gms:61
    if (!old.has_value()) return Clause::kSetUserMemoryRegion2DeleteNone;
    // delete_no_memory, linux_6_18/slots.gms:62
    if (faulty(s, injected) && choose.may(Errno::kENOMEM))
      return Clause::kSetUserMemoryRegion2DeleteNoMemory;
    delete_slot(s, vm, old.value());
    // deleted, linux_6_18/slots.gms:67
    return Clause::kSetUserMemoryRegion2Deleted;
  }
  if (old.has_value()) {
    // gmem_exists, linux_6_18/slots.gms:70
    if (with_gmem) return Clause::kSetUserMemoryRegion2GmemExists;
    // old_gmem, linux_6_18/slots.gms:71
    if ((s.slot_flags(old.value()) & 4) != 0) return Clause::kSetUserMemoryRegion2OldGmem;
    // differs, linux_6_18/slots.gms:72
    if (slot_npages(s, old.value()) != size >> 12 || s.slot_hva(old.value()) != backing ||
        s.slot_hva_first(old.value()) != hva_first || s.slot_hva_word(old.value()) != hva_word ||
        ((s.slot_flags(old.value()) ^ flags) & 2) != 0)
      return Clause::kSetUserMemoryRegion2Differs;
  }
  // overlap, linux_6_18/slots.gms:76
  if (some(stretch(gfns_lo, gfns_hi),
           [&](Cursor g) { return s.slot_at(vm, g).has_value() && s.slot_at(vm, g) != old; }))
    return Clause::kSetUserMemoryRegion2Overlap;
  // no_memory, linux_6_18/slots.gms:77
  if (faulty(s, injected) && choose.may(Errno::kENOMEM))
    return Clause::kSetUserMemoryRegion2NoMemory;
  const std::uint64_t beyond = gpa + size - 1;
  if (old.has_value()) {
    // moved_too_high, linux_6_18/slots.gms:80
    if (gfns_lo != s.slot_base(old.value()) && beyond >> 52 != 0)
      return Clause::kSetUserMemoryRegion2MovedTooHigh;
    // moved_high, linux_6_18/slots.gms:81
    if ((gfns_lo != s.slot_base(old.value()) && beyond >> 36 != 0) && choose.may(Errno::kEINVAL))
      return Clause::kSetUserMemoryRegion2MovedHigh;
    s.slot_at.at(vm, stretch(s.slot_base(old.value()), s.slot_end(old.value()))) = Optional<Slot>{};
    s.slot_at.at(vm, stretch(gfns_lo, gfns_hi)) = old;
    s.slot_base.at(old.value()) = base;
    s.slot_end.at(old.value()) = gfns_hi;
    s.slot_flags.at(old.value()) = flags;
    // changed, linux_6_18/slots.gms:90
    return Clause::kSetUserMemoryRegion2Changed;
  }
  const Page first_page = wrap<52>(gmem_offset >> 12);
  const Page pages_lo = first_page;
  const Page pages_hi = wrap<52>(first_page + wrap<52>(size >> 12));
  if (with_gmem) {
    // bind_fd, linux_6_18/slots.gms:96
    if (word == FdWord::kBadFd || word == FdWord::kNoFd ||
        (!word.has_value() && !is_open(s, proc, fd)))
      return Clause::kSetUserMemoryRegion2BindFd;
    // bind_not_gmem, linux_6_18/slots.gms:97
    if (!inode.has_value()) return Clause::kSetUserMemoryRegion2BindNotGmem;
    // bind_other_vm, linux_6_18/slots.gms:98
    if (s.inode_vm(inode.value()) != vm) return Clause::kSetUserMemoryRegion2BindOtherVm;
    // bind_negative, linux_6_18/slots.gms:99
    if (static_cast<std::int64_t>(gmem_offset) < 0)
      return Clause::kSetUserMemoryRegion2BindNegative;
    // bind_past_end, linux_7_1.gms:12
    if (wraps(s, gmem_offset, size) || i_size(s, inode.value()) < gmem_offset + size)
      return Clause::kSetUserMemoryRegion2BindPastEnd;
    // bind_overlap, linux_6_18/slots.gms:102
    if (some(stretch(pages_lo, pages_hi),
             [&](Cursor p) { return s.bindings(inode.value(), p).has_value(); }))
      return Clause::kSetUserMemoryRegion2BindOverlap;
  }
  // gpa_too_high, linux_6_18/slots.gms:104
  if (beyond >> 52 != 0) return Clause::kSetUserMemoryRegion2GpaTooHigh;
  // gpa_high, linux_6_18/slots.gms:105
  if (beyond >> 36 != 0 && choose.may(Errno::kEINVAL)) return Clause::kSetUserMemoryRegion2GpaHigh;
  const Slot s_2 = s.create<Slot>();
  s.slot_vm.at(s_2) = vm;
  s.slot_id.at(s_2) = id;
  s.slot_base.at(s_2) = base;
  s.slot_end.at(s_2) = gfns_hi;
  s.slot_flags.at(s_2) = flags;
  s.slot_hva.at(s_2) = backing;
  s.slot_hva_first.at(s_2) = hva_first;
  s.slot_hva_word.at(s_2) = hva_word;
  if (inode.has_value()) {
    s.slot_inode.at(s_2) = inode;
    s.slot_first.at(s_2) = first_page;
    s.slot_last.at(s_2) = pages_hi;
    s.slot_gmem_only.at(s_2) = (s.inode_flags(inode.value()) & 1) != 0;
    s.bindings.at(inode.value(), stretch(pages_lo, pages_hi)) = s_2;
  }
  s.slot_of.at(vm, id) = s_2;
  s.slot_at.at(vm, stretch(gfns_lo, gfns_hi)) = s_2;
  return Clause::kSetUserMemoryRegion2Ok;
}

template Clause set_user_memory_region2(State& s, Follow& choose, Process proc, Vm vm,
                                        std::uint32_t slot, std::uint32_t flags, std::uint64_t gpa,
                                        std::uint64_t size, Optional<Mapping> hva,
                                        std::uint64_t hva_offset, Optional<HvaWord> hva_word,
                                        Optional<Fd> fd, Optional<FdWord> word,
                                        std::uint64_t gmem_offset, bool injected);
template Clause set_user_memory_region2(State& s, Enumerate& choose, Process proc, Vm vm,
                                        std::uint32_t slot, std::uint32_t flags, std::uint64_t gpa,
                                        std::uint64_t size, Optional<Mapping> hva,
                                        std::uint64_t hva_offset, Optional<HvaWord> hva_word,
                                        Optional<Fd> fd, Optional<FdWord> word,
                                        std::uint64_t gmem_offset, bool injected);

}  // namespace gms::model::linux_7_1
