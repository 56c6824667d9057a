// fallocate: allocating and punching holes. Neither looks at sharing, neither changes it.

/// vfs_fallocate, then kvm_gmem_fallocate. Also what madvise(MADV_REMOVE) does.
procedure fallocate_inode(inode : Inode, mode : u32, offset : i64, length : i64, injected : bool) [trace, kvm_gmem_fallocate] {
  bad_range [trace, vfs_fallocate]: fail EINVAL if offset < 0 or length <= 0
  let op = mode & ~FALLOC_FL_KEEP_SIZE
  let keep = mode & FALLOC_FL_KEEP_SIZE != 0
  bad_mode [trace, vfs_fallocate, "no trace tells it from no_keep_size and other_mode"]:
    fail EOPNOTSUPP if op != 0 and op != FALLOC_FL_PUNCH_HOLE and op != FALLOC_FL_COLLAPSE_RANGE and op != FALLOC_FL_ZERO_RANGE
      and op != FALLOC_FL_INSERT_RANGE and op != FALLOC_FL_UNSHARE_RANGE and op != FALLOC_FL_WRITE_ZEROES
  bad_combination [trace, vfs_fallocate]:
    fail EOPNOTSUPP if (op == FALLOC_FL_PUNCH_HOLE and not keep)
      or (keep and (op == FALLOC_FL_COLLAPSE_RANGE or op == FALLOC_FL_INSERT_RANGE or op == FALLOC_FL_WRITE_ZEROES))
  too_big [trace, vfs_fallocate]: fail EFBIG if offset + length < 0
  no_keep_size: fail EOPNOTSUPP if not keep
  other_mode:   fail EOPNOTSUPP if op != 0 and op != FALLOC_FL_PUNCH_HOLE
  unaligned:    fail EINVAL if not page_aligned(u64(offset)) or not page_aligned(u64(length))
  let pages = Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT)
  if op == FALLOC_FL_PUNCH_HOLE {
    // kvm_gmem_punch_hole. What lies past the end is no error, and nothing.
    let gone = intersect(pages, Page(0) ..< npages[inode])
    hold exclusive invalidate_lock[inode] {
      step zap_guest { call zap_guest(inode, gone) }
      // A fault has its folio locked.
      await not some c of Call, p in gone : fault_ref[c, inode, p]
      step truncate { call truncate(inode, gone) }
      step invalidate_end { call end_invalidation() }
    }
  } else {
    // kvm_gmem_allocate
    past_end [trace, kvm_gmem_allocate]: fail EINVAL if u64(offset + length) > i_size(inode)
    hold shared invalidate_lock[inode] {
      // Page by page: stopped half way, what is there by then stays.
      partly_filled[inode, pages] = any
      signal [trace, kvm_gmem_allocate, "scn_signals: a signal is pending"]: may fail EINTR
      no_memory [source, kvm_gmem_get_folio]: may fail ENOMEM if faulty(injected)
      cached[inode, pages] = true
      partly_filled[inode, pages] = false
    }
  }
}

/// fallocate(2)
action fallocate(proc : Process, fd : Fd?, mode : u32, offset : i64, length : i64, injected : bool) [trace, ksys_fallocate] {
  step fdget {
    no_fd [source]: fail EBADF if not is_open(proc, fd)
    not_gmem [source]: fail ENODEV if fd_inode[fd!] == none
    let inode = fd_inode[fd!]!
    file_ref[self, inode] = true
  }
  call fallocate_inode(inode, mode, offset, length, injected)
}
