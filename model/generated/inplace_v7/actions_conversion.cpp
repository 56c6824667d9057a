// Actions of inplace_v7.
#include "model/generated/inplace_v7/actions.h"

#include "model/generated/inplace_v7/functions.h"
#include "model/generated/inplace_v7/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::inplace_v7 {

/// kvm_gmem_set_attributes. `error_offset` is a field of the caller's struct: `error_offset_in`
/// before the call, written only with ENOMEM and EAGAIN, and then EFAULT is what the caller sees if
/// that cannot be done.
// inplace_v7/conversion.gms:12
template <class Chooser>
Clause set_memory_attributes2(State& s, Chooser& choose, Process proc, Optional<Fd> fd,
                              Optional<FdWord> word, std::uint64_t offset, std::uint64_t size,
                              std::uint64_t attributes, std::uint64_t flags, bool reserved_nonzero,
                              Ptr ptr, bool injected, std::uint64_t error_offset_in,
                              SetMemoryAttributes2Outputs& out) {
  out = {};
  // What is looked at below.
  expect(s.sharing.spot(s.fd_inode(fd.value()).value(), wrap<52>(offset >> 12)));
  out.error_offset = error_offset_in;
  // on_dev_kvm, inplace_v7/conversion.gms:16
  if (is_dev_kvm(s, word)) return Clause::kSetMemoryAttributes2OnDevKvm;
  // on_vm, inplace_v7/conversion.gms:17
  if (word == FdWord::kVmFd) return Clause::kSetMemoryAttributes2OnVm;
  // no_fd, inplace_v7/conversion.gms:19
  if (!is_open(s, proc, fd)) return Clause::kSetMemoryAttributes2NoFd;
  // per_vm, inplace_v7/conversion.gms:20
  if (s.params.vm_memory_attributes) return Clause::kSetMemoryAttributes2PerVm;
  // not_gmem, inplace_v7/conversion.gms:21
  if (!s.fd_inode(fd.value()).has_value()) return Clause::kSetMemoryAttributes2NotGmem;
  const Inode inode = s.fd_inode(fd.value()).value();
  // copy_in, inplace_v7/conversion.gms:25
  if (!readable(s, ptr)) return Clause::kSetMemoryAttributes2CopyIn;
  // copy_in_fault, inplace_v7/conversion.gms:26
  if (faulty(s, injected) && choose.may(Errno::kEFAULT))
    return Clause::kSetMemoryAttributes2CopyInFault;
  // bad_flags, inplace_v7/conversion.gms:27
  if (flags != 0) return Clause::kSetMemoryAttributes2BadFlags;
  // bad_reserved, inplace_v7/conversion.gms:28
  if (reserved_nonzero) return Clause::kSetMemoryAttributes2BadReserved;
  // bad_attributes, inplace_v7/conversion.gms:29
  if ((attributes & ~supported_attributes(s, s.inode_vm(inode))) != 0)
    return Clause::kSetMemoryAttributes2BadAttributes;
  // empty_range, inplace_v7/conversion.gms:30
  if (size == 0 || wraps(s, offset, size)) return Clause::kSetMemoryAttributes2EmptyRange;
  // unaligned, inplace_v7/conversion.gms:31
  if (!page_aligned(s, offset) || !page_aligned(s, size))
    return Clause::kSetMemoryAttributes2Unaligned;
  // past_end, inplace_v7/conversion.gms:32
  if (i_size(s, inode) <= offset || i_size(s, inode) < offset + size)
    return Clause::kSetMemoryAttributes2PastEnd;
  const Sharing want = (attributes & 8) != 0 ? Sharing::kPrivate : Sharing::kShared;
  const Page pages_lo = wrap<52>(offset >> 12);
  const Page pages_hi = wrap<52>((offset + size) >> 12);
  // equal, inplace_v7/conversion.gms:36
  if (all(stretch(pages_lo, pages_hi), [&](Cursor p) { return s.sharing(inode, p) == want; }))
    return Clause::kSetMemoryAttributes2Equal;
  // no_memory_unreported, inplace_v7/conversion.gms:37
  if (faulty(s, injected) && choose.may(Errno::kEFAULT))
    return Clause::kSetMemoryAttributes2NoMemoryUnreported;
  // no_memory, inplace_v7/conversion.gms:38
  if ((faulty(s, injected) && writable(s, ptr)) && choose.may(Errno::kENOMEM)) {
    out.error_offset = offset;
    return Clause::kSetMemoryAttributes2NoMemory;
  }
  if (want == Sharing::kPrivate) {
    for (const Process r : s.all<Process>()) {
      for (const Mapping m : s.all<Mapping>()) {
        if (s.map_inode(m) == inode) {
          s.mapped.at(r, m, stretch(pages_lo, pages_hi)) = false;
        }
      }
    }
    // busy_unreported, inplace_v7/conversion.gms:44
    if (!writable(s, ptr) &&
        some(stretch(pages_lo, pages_hi), [&](Cursor p) { return held(s, inode, p); }))
      return Clause::kSetMemoryAttributes2BusyUnreported;
    // busy_copy_out_fault, inplace_v7/conversion.gms:45
    if ((faulty(s, injected) &&
         some(stretch(pages_lo, pages_hi), [&](Cursor p) { return held(s, inode, p); })) &&
        choose.may(Errno::kEFAULT))
      return Clause::kSetMemoryAttributes2BusyCopyOutFault;
    // in_flight_host, inplace_v7/conversion.gms:47: only when calls overlap.
    // in_flight_pin, inplace_v7/conversion.gms:51: only when calls overlap.
    // in_flight_unmap, inplace_v7/conversion.gms:57: only when calls overlap.
    // in_flight_guest, inplace_v7/conversion.gms:63: only when calls overlap.
    const Optional<Page> p_first =
        first(stretch(pages_lo, pages_hi), [&](Cursor p) { return held(s, inode, p); });
    const Page p = p_first.value();
    // busy, inplace_v7/conversion.gms:68
    if (p_first.has_value()) {
      out.error_offset = offset <= folio_start(s, p) << 12 ? folio_start(s, p) << 12 : offset;
      return Clause::kSetMemoryAttributes2Busy;
    }
  }
  zap_guest(s, inode, pages_lo, pages_hi);
  s.sharing.at(inode, stretch(pages_lo, pages_hi)) = want;
  end_invalidation(s);
  return Clause::kSetMemoryAttributes2Ok;
}

template Clause set_memory_attributes2(State& s, Follow& choose, Process proc, Optional<Fd> fd,
                                       Optional<FdWord> word, std::uint64_t offset,
                                       std::uint64_t size, std::uint64_t attributes,
                                       std::uint64_t flags, bool reserved_nonzero, Ptr ptr,
                                       bool injected, std::uint64_t error_offset_in,
                                       SetMemoryAttributes2Outputs& out);
template Clause set_memory_attributes2(State& s, Enumerate& choose, Process proc, Optional<Fd> fd,
                                       Optional<FdWord> word, std::uint64_t offset,
                                       std::uint64_t size, std::uint64_t attributes,
                                       std::uint64_t flags, bool reserved_nonzero, Ptr ptr,
                                       bool injected, std::uint64_t error_offset_in,
                                       SetMemoryAttributes2Outputs& out);

}  // namespace gms::model::inplace_v7
