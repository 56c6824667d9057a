// What the conversion guarantees, and what it does not.

drop invariant whole_inode
drop property sharing_kept

/// Punching, allocating, mapping, binding, unbinding and closing leave the sharing of a page alone.
property sharing_kept on fallocate, mmap, munmap, set_user_memory_region2, close, dup, fork, pin, unpin, host_read, host_write,
    guest_read, guest_write, pre_fault_memory, madvise, set_memory_attributes :
  all i of Inode, p of Page : live'(i) implies sharing'[i, p] == sharing[i, p]

/// Atomic: success sets the whole range, any failure leaves every page's sharing as it was.
property atomic on set_memory_attributes2 :
  (result == ok implies all p in pages : sharing'[inode, p] == want)
  and (result != ok implies all i of Inode, q of Page : sharing'[i, q] == sharing[i, q])
/// Frame: outside of the range nothing changes.
property frame_sharing on set_memory_attributes2 : all i of Inode, p of Page :
  not (i == inode and p in pages) implies sharing'[i, p] == sharing[i, p]
property frame_host on set_memory_attributes2 : all r of Process, m of Mapping, p of Page :
  not (map_inode[m] == inode and p in pages) implies mapped'[r, m, p] == mapped[r, m, p]
property frame_guest on set_memory_attributes2 : all s of Slot, p of Page :
  not (slot_inode[s] == inode and p in pages) implies stage2'[s, p] == stage2[s, p]
/// Pages and their frames stay where they are.
property pages_kept on set_memory_attributes2 : all i of Inode, p of Page :
  cached'[i, p] == cached[i, p] and frame'[i, p] == frame[i, p] and content'[i, p, 0] == content[i, p, 0]
/// Quiet, for the host: pages that already are as wanted keep their mappings.
property quiet_host on set_memory_attributes2 : all r of Process, m of Mapping, p in pages :
  result == ok and map_inode[m] == inode and sharing[inode, p] == want implies mapped'[r, m, p] == mapped[r, m, p]
/// Quiet, for the guest.
property quiet_guest on set_memory_attributes2
    [expect refuted "a mixed range is invalidated as a whole: the guest loses its mappings of the part that already is as wanted"] :
  all s of Slot, p in pages : slot_inode[s] == inode and sharing[inode, p] == want implies stage2'[s, p] == stage2[s, p]
/// A refused conversion leaves the host's mappings alone.
property quiet_refusal on set_memory_attributes2
    [expect refuted "EAGAIN comes after the host's mappings of the whole range were taken away; pages fault in again"] :
  result == EAGAIN implies all r of Process, m of Mapping, p of Page : mapped'[r, m, p] == mapped[r, m, p]
/// ErrRange
property err_range on set_memory_attributes2 : result == EAGAIN or result == ENOMEM implies
  page_aligned(error_offset) and error_offset >= offset and error_offset < offset + size
/// The caller's struct is written with these two only.
property err_untouched on set_memory_attributes2 : result != EAGAIN and result != ENOMEM implies error_offset == error_offset_in
/// ErrFirst
property err_first on set_memory_attributes2 : result == EAGAIN implies
  pinned(inode, Page(error_offset >> PAGE_SHIFT)) and all p in pages.lo ..< Page(error_offset >> PAGE_SHIFT) : not pinned(inode, p)
/// PinSafe: a range that becomes private has no reference of a pin.
property pin_safe on set_memory_attributes2 : result == ok and want == private implies all p in pages : not pinned(inode, p)
/// NoSpurious: EAGAIN only with a reference in the range.
property no_spurious on set_memory_attributes2 : result == EAGAIN implies some p in pages : pinned(inode, p)
/// Args: what is not refused was a proper request.
property args_accepted on set_memory_attributes2 : result == ok or result == EAGAIN or result == ENOMEM implies
  not vm_memory_attributes and flags == 0 and not reserved_nonzero and attributes & ~supported_attributes(inode_vm[inode]) == 0
  and size != 0 and page_aligned(offset) and page_aligned(size) and offset < offset + size and offset + size <= i_size(inode)
/// Args: which mistake gives which error, of several the first one here.
property args on set_memory_attributes2 :
  if is_dev_kvm(word) then result == EINVAL
  else if word == vm_fd then result == ENOTTY
  else if not is_open(proc, fd) then result == EBADF
  else if vm_memory_attributes or fd_inode[fd!] == none then result == ENOTTY
  else if not readable(ptr) then result == EFAULT
  else if result == EFAULT then faulty(injected) or not writable(ptr)
  else (result == EINVAL) == not (flags == 0 and not reserved_nonzero and attributes & ~supported_attributes(inode_vm[fd_inode[fd!]!]) == 0
    and page_aligned(offset) and page_aligned(size) and offset < offset + size and offset + size <= i_size(fd_inode[fd!]!))
/// A refusal has no effect, but for EAGAIN (and where that could not be told) on the host's mappings.
property refused_untouched on set_memory_attributes2 : result != ok and result != EAGAIN and result != EFAULT or exit(equal) implies
  (all r of Process, m of Mapping, p of Page : mapped'[r, m, p] == mapped[r, m, p])
  and all s of Slot, p of Page : stage2'[s, p] == stage2[s, p]
property refused_guest on set_memory_attributes2 : result != ok implies all s of Slot, p of Page : stage2'[s, p] == stage2[s, p]
/// The host's mappings of a range that becomes private go, and so do the guest's of what is converted.
property converted_unmapped on set_memory_attributes2 : exit(ok) implies
  (all s of Slot, p in pages : slot_inode[s] == inode implies stage2'[s, p] == unmapped)
  and (want == shared implies all r of Process, m of Mapping, p of Page : mapped'[r, m, p] == mapped[r, m, p])
/// Where nothing is to be done nothing can fail, and what could not be told was a refusal.
property failures_have_reason on set_memory_attributes2 :
  (result == ENOMEM or exit(no_memory_unreported) implies some p in pages : sharing[inode, p] != want)
  and (exit(busy_unreported) or exit(busy_copy_out_fault) implies want == private and some p in pages : held(inode, p))
  and (result == EAGAIN or result == ENOMEM implies writable(ptr))
cover no_memory_told on set_memory_attributes2 : result == ENOMEM
cover no_memory_not_told on set_memory_attributes2 : exit(no_memory_unreported) and not writable(ptr)
cover copy_in_fails on set_memory_attributes2 : result == EFAULT and readable(ptr) and flags != 0
cover refusal_lost on set_memory_attributes2 : exit(busy_copy_out_fault) and writable(ptr) and some p in pages : not held(inode, p)
/// Retry: a proper request for a range that nobody holds cannot fail.
property retry_succeeds on set_memory_attributes2 :
  word == none and is_open(proc, fd) and has(fd_inode[fd!]) and not vm_memory_attributes and readable(ptr) and not faulty(injected)
  and flags == 0 and not reserved_nonzero and attributes & ~supported_attributes(inode_vm[inode]) == 0 and size != 0
  and not wraps(offset, size) and page_aligned(offset) and page_aligned(size) and offset < i_size(inode)
  and offset + size <= i_size(inode) and (all p in pages : not pinned(inode, p))
  implies result == ok

/// Converting twice is converting once.
law idempotent(proc : Process, fd : Fd, offset : u64, size : u64, attributes : u64) {
  { set_memory_attributes2(proc, fd, none, offset, size, attributes, 0, false, ptr_ok, false, 0) -> ok
    set_memory_attributes2(proc, fd, none, offset, size, attributes, 0, false, ptr_ok, false, 0) -> ok }
  same { set_memory_attributes2(proc, fd, none, offset, size, attributes, 0, false, ptr_ok, false, 0) -> ok }
}
/// Of two conversions of a range the later one counts.
law later_wins(proc : Process, fd : Fd, offset : u64, size : u64, earlier : u64, later : u64) {
  { set_memory_attributes2(proc, fd, none, offset, size, earlier, 0, false, ptr_ok, false, 0) -> ok
    set_memory_attributes2(proc, fd, none, offset, size, later, 0, false, ptr_ok, false, 0) -> ok }
  same { set_memory_attributes2(proc, fd, none, offset, size, later, 0, false, ptr_ok, false, 0) -> ok }
  agree sharing
}
/// Conversions of disjoint ranges commute.
law disjoint_commute(proc : Process, fd : Fd, offset_a : u64, size_a : u64, a : u64, offset_b : u64, size_b : u64, b : u64) {
  assume not wraps(offset_a, size_a) and not wraps(offset_b, size_b)
    and (offset_a + size_a <= offset_b or offset_b + size_b <= offset_a)
  { set_memory_attributes2(proc, fd, none, offset_a, size_a, a, 0, false, ptr_ok, false, 0) -> ok
    set_memory_attributes2(proc, fd, none, offset_b, size_b, b, 0, false, ptr_ok, false, 0) -> ok }
  same { set_memory_attributes2(proc, fd, none, offset_b, size_b, b, 0, false, ptr_ok, false, 0) -> ok
         set_memory_attributes2(proc, fd, none, offset_a, size_a, a, 0, false, ptr_ok, false, 0) -> ok }
  agree sharing, mapped, stage2
}
/// After EAGAIN, with that pin gone, the same struct fails only because of another one.
law retry_after_unpin(proc : Process, fd : Fd, offset : u64, size : u64, attributes : u64, k : Pin) {
  { let (blocked_at) = set_memory_attributes2(proc, fd, none, offset, size, attributes, 0, false, ptr_ok, false, 0) -> EAGAIN
    unpin(k) -> ok
    let (still_at) = set_memory_attributes2(proc, fd, none, offset, size, attributes, 0, false, ptr_ok, false, 0) -> EAGAIN }
  then blocked_at <= still_at and some other of Pin : hold'[other, Page(still_at >> PAGE_SHIFT)] == holds
}

cover converts_to_private on set_memory_attributes2 : exit(ok) and want == private
cover converts_to_shared on set_memory_attributes2 : exit(ok) and want == shared
cover already_equal on set_memory_attributes2 : exit(equal)
cover refused_after_zap on set_memory_attributes2 :
  exit(busy) and some r of Process, m of Mapping, p in pages : mapped[r, m, p] and not mapped'[r, m, p]
cover unreported_refusal on set_memory_attributes2 : exit(busy_unreported)
cover private_again on guest_write : end == completed and some s of Slot, p of Page : stage2'[s, p] == maps_private
