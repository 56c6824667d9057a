// Descriptors of a guest_memfd: how they are made and closed, and the file calls that it refuses.

/// KVM_CREATE_GUEST_MEMFD. reserved[] is not looked at.
action create_guest_memfd(proc : Process, vm : Vm?, size : u64, flags : u64, ptr : Ptr, injected : bool) returns (fd : Fd)
    [trace, kvm_gmem_create] {
  not_a_vm [trace, kvm_dev_ioctl]: fail EINVAL if vm == none
  copy_in [trace, kvm_vm_ioctl]:   fail EFAULT if not readable(ptr)
  copy_in_fault [trace]:           may fail EFAULT if faulty(injected)
  bad_flags: fail EINVAL if flags & ~supported_flags(vm) != 0
  bad_size:  fail EINVAL if i64(size) <= 0 or not page_aligned(size)
  no_memory [trace, __kvm_gmem_create]: may fail ENOMEM if faulty(injected)
  create inode : Inode
  create descriptor : Fd
  inode_vm[inode] = vm
  inode_flags[inode] = flags
  npages[inode] = Page(size >> PAGE_SHIFT)
  sharing[inode, *] = if flags & GUEST_MEMFD_FLAG_INIT_SHARED != 0 then shared else private
  frame[inode, *] = any
  fd_inode[descriptor] = inode
  fd_open[proc, descriptor] = true
  fd = descriptor
}

/// dup: the new descriptor refers to the same file.
action dup(proc : Process, fd : Fd?) returns (copy : Fd) [trace, dup_fd] {
  no_fd [source]: fail EBADF if not is_open(proc, fd)
  create descriptor : Fd
  fd_inode[descriptor] = fd_inode[fd!]
  fd_vm[descriptor] = fd_vm[fd!]
  fd_open[proc, descriptor] = true
  copy = descriptor
}

/// close. With the last reference to a file, mappings included, the file and its pages end.
action close(proc : Process, fd : Fd?) [trace, close_fd] {
  no_fd: fail EBADF if not is_open(proc, fd)
  let inode = fd_inode[fd!]
  fd_open[proc, fd!] = false
  if not some r of Process : fd_open[r, fd!] {
    destroy fd!
    if has(inode) { call put_file(inode!) }
  }
}

/// fork: the child gets descriptors and mappings. Page-table entries of shared mappings are not copied; they fault in later.
action fork(proc : Process) returns (child : Process) [trace, copy_process] {
  create process : Process
  fd_open[process, f] = fd_open[proc, f] for f of Fd
  for m of Mapping, at in MapPage(0) ..< map_npages[m] {
    vma[process, m, at] = vma[proc, m, at]
    prot[process, m, at] = prot[proc, m, at]
  }
  newest_child = process
  child = process
}

/// exit of a process that has closed its descriptors and unmapped its mappings, each as `close` and `munmap` do.
action exit_process(proc : Process) [source, do_exit] {
  step exit {
    // Its threads are gone, and with them their faults.
    hold exclusive mmap_lock[proc] {
      require proc != first_process!
      require all f of Fd : not fd_open[proc, f]
      require all m of Mapping, at of MapPage : not vma[proc, m, at]
      vm_process[vm] = none for vm of Vm where vm_process[vm] == proc
      if newest_child == proc { newest_child = none }
      destroy proc
    }
  }
}

/// fstat: i_blocks is never counted.
action fstat(proc : Process, fd : Fd?) returns (st_size : u64, st_blocks : u64, st_mode : u32, st_nlink : u32)
    [trace, kvm_gmem_getattr] {
  no_fd [source]: fail EBADF if not is_open(proc, fd)
  require has(fd_inode[fd!])
  st_size = i_size(fd_inode[fd!]!)
  st_blocks = 0
  st_mode = 0x8180          // S_IFREG | 0600
  st_nlink = 1
}

/// The calls that a guest_memfd's file has no use for.
enum FileCall {
  call_read, call_write, call_pread, call_pwrite, call_lseek, call_ftruncate, call_fchmod, call_fsync, call_add_seals,
  call_reopen, call_getfd, call_getfl, call_fadvise
}

action file_call(proc : Process, fd : Fd?, which : FileCall) returns (value : u64) [trace] {
  no_fd [source, fdget]: fail EBADF if not is_open(proc, fd)
  no_read_write [trace, vfs_read]:  fail EINVAL if which == call_read or which == call_write
  no_position [trace, vfs_llseek]:  fail ESPIPE if which == call_pread or which == call_pwrite or which == call_lseek
  no_setattr [trace, kvm_gmem_setattr]: fail EINVAL if which == call_ftruncate or which == call_fchmod
  no_fsync [trace, vfs_fsync_range]: fail EINVAL if which == call_fsync
  no_seals [trace, memfd_fcntl]:    fail EINVAL if which == call_add_seals
  no_open [trace, no_open]:         fail ENXIO if which == call_reopen
  value = if which == call_getfl then 0x8002 else 0     // O_LARGEFILE | O_RDWR; not FD_CLOEXEC
}

/// Any ioctl on a descriptor that is closed.
action ioctl_on_closed(proc : Process, fd : Fd?) [trace, fdget, "by gmemspec run --threads on 6.18.44"] {
  require not is_open(proc, fd)
  no_fd: fail EBADF
}

/// An ioctl that a guest_memfd does not know.
action unknown_gmem_ioctl() [trace, vfs_ioctl] {
  require some f of Fd : is_open(first_process!, f) and has(fd_inode[f])
  unknown: fail ENOTTY
}

/// KVM_SET_MEMORY_ATTRIBUTES2: not known here. The field error_offset of the caller's struct stays as it is.
action set_memory_attributes2(proc : Process, fd : Fd?, word : FdWord?, error_offset_in : u64) returns (error_offset : u64)
    [trace, vfs_ioctl] {
  error_offset = error_offset_in
  on_dev_kvm [trace, kvm_dev_ioctl]: fail EINVAL if is_dev_kvm(word)
  on_vm [trace, kvm_vm_ioctl]:       fail ENOTTY if word == vm_fd
  no_fd:   fail EBADF if not is_open(proc, fd)
  unknown: fail ENOTTY
}
