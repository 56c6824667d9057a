// Accesses that the kernel makes on a process's behalf: each faults the page in like a load or store, and differs in what a failure is.

/// By what a failure is called: a copy from or to user memory (write, read), process_vm_readv and process_vm_writev; /proc/PID/mem.
enum AccessPath { copy_user, remote_vm, proc_mem }

/// One byte of the page is read by the kernel.
action kernel_read(proc : Process, m : Mapping, at : MapPage, path : AccessPath) [trace, get_user_pages_remote] {
  step access {
    let (got) = populate(proc, m, at, 1, if path == copy_user then load else if path == remote_vm then gup_read else forced_read)
    no_page_proc_mem [trace, mem_rw]: fail EIO if got == 0 and path == proc_mem
    no_page: fail EFAULT if got == 0
  }
}

/// Byte 0 of the page is written by the kernel, with a value that the log does not show.
action kernel_write(proc : Process, m : Mapping, at : MapPage, path : AccessPath) [trace, get_user_pages_remote] {
  step access {
    let (got) = populate(proc, m, at, 1, store)
    no_page_proc_mem [trace, mem_rw]: fail EIO if got == 0 and path == proc_mem
    no_page: fail EFAULT if got == 0
    content[map_inode[m]!, file_page(m, at), 0] = any
  }
}

/// mlock of one page. It does not make the page busy.
action mlock(proc : Process, m : Mapping, at : MapPage) [trace, __mm_populate] {
  step lock_vma {
    not_mapped [trace, apply_vma_lock_flags]: fail ENOMEM if not vma[proc, m, at]
    locked[proc, m, at] = true
  }
  // The VMA is looked for again, and what is gone is not missed.
  unmapped_meanwhile [trace, __mm_populate, "by gmemspec run --threads on 6.18.44"]: succeed
    when raced (munmap(m = of_map, offset = from, length = bytes) if unmaps(from, bytes, of_map, m, at))
  step populate {
    let (got) = populate(proc, m, at, 1, load)
    no_page [trace, __mlock_posix_error_return]: fail ENOMEM if got == 0 and vma[proc, m, at]
  }
}

/// munlock of one page
action munlock(proc : Process, m : Mapping, at : MapPage) [trace, apply_vma_lock_flags] {
  not_mapped [trace, apply_vma_lock_flags, "by gmemspec run on 6.18.44"]: fail ENOMEM if not vma[proc, m, at]
  vma_gone [inferred, do_vmi_align_munmap]: fail ENOMEM
    when raced (munmap(m = of_map, offset = from, length = bytes) if unmaps(from, bytes, of_map, m, at))
  locked[proc, m, at] = false
}

/// msync of one page: the file has no fsync.
action msync(proc : Process, m : Mapping, at : MapPage) [trace, vfs_fsync_range] {
  not_mapped [trace, sys_msync, "by gmemspec run on 6.18.44"]: fail ENOMEM if not vma[proc, m, at]
  vma_gone [inferred, do_vmi_align_munmap]: fail ENOMEM
    when raced (munmap(m = of_map, offset = from, length = bytes) if unmaps(from, bytes, of_map, m, at))
  no_fsync: fail EINVAL
}

/// mincore of one page
action mincore(proc : Process, m : Mapping, at : MapPage) returns (resident : bool) [trace, mincore_page] {
  not_mapped [trace, do_mincore, "by gmemspec run on 6.18.44"]: fail ENOMEM if not vma[proc, m, at]
  vma_gone [inferred, do_vmi_align_munmap]: fail ENOMEM
    when raced (munmap(m = of_map, offset = from, length = bytes) if unmaps(from, bytes, of_map, m, at))
  resident = uptodate[map_inode[m]!, file_page(m, at)]
}

flags Madvise : u32 {
  MADV_NORMAL = 0, MADV_RANDOM = 1, MADV_SEQUENTIAL = 2, MADV_WILLNEED = 3, MADV_DONTNEED = 4, MADV_FREE = 8, MADV_REMOVE = 9,
  MADV_DONTFORK = 10, MADV_DOFORK = 11, MADV_MERGEABLE = 12, MADV_UNMERGEABLE = 13, MADV_HUGEPAGE = 14, MADV_NOHUGEPAGE = 15,
  MADV_DONTDUMP = 16, MADV_DODUMP = 17, MADV_KEEPONFORK = 19, MADV_COLD = 20, MADV_PAGEOUT = 21, MADV_POPULATE_READ = 22,
  MADV_POPULATE_WRITE = 23, MADV_DONTNEED_LOCKED = 24
}
/// Advice that says how the memory will be used, and asks for nothing at once.
fn is_hint(advice : u32) -> bool =
  advice <= MADV_WILLNEED or advice == MADV_DONTFORK or advice == MADV_DOFORK or advice == MADV_MERGEABLE or advice == MADV_UNMERGEABLE
  or advice == MADV_HUGEPAGE or advice == MADV_NOHUGEPAGE or advice == MADV_DONTDUMP or advice == MADV_DODUMP or advice == MADV_KEEPONFORK
  or advice == MADV_COLD
fn drops_entries(advice : u32) -> bool = advice == MADV_DONTNEED or advice == MADV_DONTNEED_LOCKED

/// madvise of one page
action madvise(proc : Process, m : Mapping, at : MapPage, advice : u32) [trace, do_madvise] {
  no_ksm [trace, madvise_behavior_valid]: fail EINVAL if (advice == MADV_MERGEABLE or advice == MADV_UNMERGEABLE) and not ksm
  unknown_advice [source, madvise_behavior_valid, "and what asks for anonymous memory or a huge page cache"]:
    fail EINVAL if not is_hint(advice) and not drops_entries(advice) and advice != MADV_FREE and advice != MADV_REMOVE
      and advice != MADV_PAGEOUT and advice != MADV_POPULATE_READ and advice != MADV_POPULATE_WRITE
  step walk_vmas {
    not_mapped [trace, madvise_walk_vmas, "by gmemspec run on 6.18.44"]: fail ENOMEM if not vma[proc, m, at]
    vma_gone [inferred, do_vmi_align_munmap]: fail ENOMEM
      when raced (munmap(m = of_map, offset = from, length = bytes) if unmaps(from, bytes, of_map, m, at))
    locked_vma [trace, can_madv_lru_vma, "by gmemspec run on 6.18.44"]:
      fail EINVAL if locked[proc, m, at] and (advice == MADV_DONTNEED or advice == MADV_REMOVE or advice == MADV_COLD or advice == MADV_PAGEOUT)
    anonymous_only [trace, madvise_free_single_vma]: fail EINVAL if advice == MADV_FREE
    let inode = map_inode[m]!
    let p = file_page(m, at)
    file_ref[self, inode] = true
    if advice == MADV_POPULATE_READ or advice == MADV_POPULATE_WRITE {
      let need = if advice == MADV_POPULATE_WRITE then store else gup_read
      protected [trace, faultin_page_range, "by gmemspec run on 6.18.44"]: fail EINVAL if not allows(prot[proc, m, at], need)
      let (got) = populate(proc, m, at, 1, need)
      no_page [trace, madvise_populate]: fail EFAULT if got == 0
      populated [trace, madvise_populate]: succeed
    }
    if drops_entries(advice) { mapped[proc, m, p] = false }
    if advice == MADV_PAGEOUT {
      // An entry may go; the page, which nothing can be written back from, does not.
      choose reclaimed : bool
      if reclaimed { mapped[proc, m, p] = false }
    }
  }
  if advice == MADV_REMOVE {
    call fallocate_inode(inode, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, i64(u64(p) << PAGE_SHIFT), i64(PAGE_SIZE), false)
    removed [trace, madvise_remove]: succeed
  }
}
