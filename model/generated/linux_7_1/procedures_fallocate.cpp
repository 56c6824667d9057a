// Procedures of linux_7_1: what several actions do.
#include "model/generated/linux_7_1/procedures.h"

#include "model/generated/linux_7_1/functions.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

/// vfs_fallocate, then kvm_gmem_fallocate. Also what madvise(MADV_REMOVE) does.
// linux_6_18/fallocate.gms:4
template <class Chooser>
Clause fallocate_inode(State& s, Chooser& choose, Inode inode, std::uint32_t mode,
                       std::int64_t offset, std::int64_t length, bool injected) {
  // bad_range, linux_6_18/fallocate.gms:5
  if (offset < 0 || length <= 0) return Clause::kFallocateInodeBadRange;
  const std::uint32_t op = mode & 0xfffffffeu;
  const bool keep = (mode & 1) != 0;
  // bad_mode, linux_6_18/fallocate.gms:8
  if (op != 0 && op != 2 && op != 8 && op != 16 && op != 32 && op != 64 && op != 128)
    return Clause::kFallocateInodeBadMode;
  // bad_combination, linux_6_18/fallocate.gms:11
  if ((op == 2 && !keep) || (keep && (op == 8 || op == 32 || op == 128)))
    return Clause::kFallocateInodeBadCombination;
  // too_big, linux_6_18/fallocate.gms:14
  if (add(offset, length) < 0) return Clause::kFallocateInodeTooBig;
  // no_keep_size, linux_6_18/fallocate.gms:15
  if (!keep) return Clause::kFallocateInodeNoKeepSize;
  // other_mode, linux_6_18/fallocate.gms:16
  if (op != 0 && op != 2) return Clause::kFallocateInodeOtherMode;
  // unaligned, linux_6_18/fallocate.gms:17
  if (!page_aligned(s, static_cast<std::uint64_t>(offset)) ||
      !page_aligned(s, static_cast<std::uint64_t>(length)))
    return Clause::kFallocateInodeUnaligned;
  const Page pages_lo = wrap<52>(static_cast<std::uint64_t>(offset) >> 12);
  const Page pages_hi = wrap<52>(static_cast<std::uint64_t>(add(offset, length)) >> 12);
  if (op == 2) {
    const Page gone_lo = pages_lo <= 0 ? std::uint64_t{0} : pages_lo;
    const Page gone_hi = pages_hi <= s.npages(inode) ? pages_hi : s.npages(inode);
    zap_guest(s, inode, gone_lo, gone_hi);
    truncate(s, inode, gone_lo, gone_hi);
    end_invalidation(s);
  } else {
    // past_end, linux_6_18/fallocate.gms:31
    if (i_size(s, inode) < static_cast<std::uint64_t>(add(offset, length)))
      return Clause::kFallocateInodePastEnd;
    s.partly_filled.at(inode, stretch(pages_lo, pages_hi)) = Lazy<bool>::unknown();
    // signal, linux_6_18/fallocate.gms:35
    if (choose.may(Errno::kEINTR)) return Clause::kFallocateInodeSignal;
    // no_memory, linux_6_18/fallocate.gms:36
    if (faulty(s, injected) && choose.may(Errno::kENOMEM)) return Clause::kFallocateInodeNoMemory;
    s.cached.at(inode, stretch(pages_lo, pages_hi)) = true;
    s.partly_filled.at(inode, stretch(pages_lo, pages_hi)) = false;
  }
  return Clause::kNone;
}

template Clause fallocate_inode(State& s, Follow& choose, Inode inode, std::uint32_t mode,
                                std::int64_t offset, std::int64_t length, bool injected);
template Clause fallocate_inode(State& s, Enumerate& choose, Inode inode, std::uint32_t mode,
                                std::int64_t offset, std::int64_t length, bool injected);

}  // namespace gms::model::linux_7_1
