// Accesses that the kernel makes on a process's behalf: each faults the page in like a load or store, and differs in what a failure is.

/// By what a failure is called: a copy from or to user memory (write, read), process_vm_readv and process_vm_writev; /proc/PID/mem.
enum AccessPath { copy_user, remote_vm, proc_mem }

/// One byte of the page is read by the kernel.
action kernel_read(proc : Process, m : Mapping, at : MapPage, path : AccessPath) [trace, get_user_pages_remote] {
  let (got) = populate(proc, m, at, 1, false)
  no_page_proc_mem [trace, mem_rw]: fail EIO if got == 0 and path == proc_mem
  no_page: fail EFAULT if got == 0
}

/// Byte 0 of the page is written by the kernel, with a value that the log does not show.
action kernel_write(proc : Process, m : Mapping, at : MapPage, path : AccessPath) [trace, get_user_pages_remote] {
  let (got) = populate(proc, m, at, 1, true)
  no_page_proc_mem [trace, mem_rw]: fail EIO if got == 0 and path == proc_mem
  no_page: fail EFAULT if got == 0
  content[map_inode[m]!, file_page(m, at), 0] = any
}

/// mlock of one page. It does not make the page busy.
action mlock(proc : Process, m : Mapping, at : MapPage) [trace, __mm_populate] {
  let (got) = populate(proc, m, at, 1, false)
  no_page [trace, __mlock_posix_error_return]: fail ENOMEM if got == 0
}

action munlock() [trace, do_munlock] { }

/// msync: the file has no fsync.
action msync() [trace, vfs_fsync_range] {
  no_fsync: fail EINVAL
}

/// mincore of one page
action mincore(m : Mapping, at : MapPage) returns (resident : bool) [trace, mincore_page] {
  resident = cached[map_inode[m]!, file_page(m, at)] or partly_filled[map_inode[m]!, file_page(m, at)]
}

flags Madvise : u32 {
  MADV_WILLNEED = 3, MADV_DONTNEED = 4, MADV_FREE = 8, MADV_REMOVE = 9, MADV_DONTFORK = 10, MADV_DOFORK = 11, MADV_MERGEABLE = 12,
  MADV_HUGEPAGE = 14, MADV_COLD = 20, MADV_PAGEOUT = 21, MADV_POPULATE_READ = 22, MADV_POPULATE_WRITE = 23
}

/// madvise of one page
action madvise(proc : Process, m : Mapping, at : MapPage, advice : u32) [trace, do_madvise] {
  no_ksm [trace, madvise_behavior_valid]: fail EINVAL if advice == MADV_MERGEABLE and not ksm
  anonymous_only [trace, madvise_free_single_vma]: fail EINVAL if advice == MADV_FREE
  unknown_advice [source, madvise_behavior_valid]:
    fail EINVAL if not (advice == MADV_WILLNEED or advice == MADV_DONTNEED or advice == MADV_REMOVE or advice == MADV_DONTFORK
      or advice == MADV_DOFORK or advice == MADV_MERGEABLE or advice == MADV_HUGEPAGE or advice == MADV_COLD or advice == MADV_PAGEOUT
      or advice == MADV_POPULATE_READ or advice == MADV_POPULATE_WRITE)
  let inode = map_inode[m]!
  let p = file_page(m, at)
  if advice == MADV_POPULATE_READ or advice == MADV_POPULATE_WRITE {
    let (got) = populate(proc, m, at, 1, advice == MADV_POPULATE_WRITE)
    no_page [trace, madvise_populate]: fail EFAULT if got == 0
    populated [trace, madvise_populate]: succeed
  }
  not_mapped [source]: fail ENOMEM if not vma[proc, m, at]
  if advice == MADV_REMOVE {
    call fallocate_inode(inode, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, i64(u64(p) << PAGE_SHIFT), i64(PAGE_SIZE), false)
    removed [trace, madvise_remove]: succeed
  }
  if advice == MADV_DONTNEED { mapped[proc, m, p] = false }
  if advice == MADV_PAGEOUT {
    // An entry may go; the page, which nothing can be written back from, does not.
    choose reclaimed : bool
    if reclaimed { mapped[proc, m, p] = false }
  }
}
