// How a line of a trace becomes calls. `process` "child" means the forked child; a guest access belongs to the newest VM.

fields seq, tid, round, t_begin, t_end, fail_nth, vcpu

event meta ignored
event note ignored

fn is_vm(fd : Fd?) -> bool = is_open(first_process!, fd) and has(fd_vm[fd!])
fn is_closed(fd : Fd?, word : FdWord?) -> bool = word == none and not is_open(first_process!, fd)
/// Calls that name no descriptor are made on the one that was made last.
fn newest_vm_is_open() -> bool = has(newest_vm) and some f of Fd : is_open(first_process!, f) and fd_vm[f] == newest_vm
fn is_dev_kvm(word : FdWord?) -> bool = word == dev_kvm or word == dev_kvm_path or word == kvm_device

// ---- Virtual machines
event create_vm(vm : Fd, type : i64, ret : i64, errno : Errno) {
  create_vm(type = type) observes result = errno, fd named vm
}
event check_extension(on : Fd or FdWord, cap : u32, ret : i64, errno : Errno) {
  if not is_told(cap) { reject "of this capability the spec says nothing" }
  if is_closed(on, on.word) {
    ioctl_on_closed(proc = first_process!, fd = on) observes result = errno
  } else {
    if not is_dev_kvm(on.word) and not is_vm(on) { reject "this descriptor is no VM's" }
    check_extension(vm = if has(on) then fd_vm[on!] else none, cap = cap) observes result = errno, value = u64(ret) if errno == ok
  }
}
event set_attr1(on : OnWord, address : u64, size : u64, attributes : u64, flags : u64, ret : i64, errno : Errno, injected : bool = false) {
  if on == on_gmem {
    unknown_gmem_ioctl() observes result = errno
  } else {
    if not newest_vm_is_open() { reject "the newest VM's descriptor is closed" }
    set_memory_attributes(vm = newest_vm!, address = address, size = size, attributes = attributes, flags = flags, ptr = ptr_ok,
                          injected = injected) observes result = errno
  }
}
event set_region2(vm : Fd, slot : u32, flags : u32, gpa : u64, size : u64,
                  hva : Mapping + u64 or HvaWord else ordinary_memory(first_process!, hva.offset + size),
                  gmem : Fd or FdWord, gmem_offset : u64, ret : i64, errno : Errno, injected : bool = false) {
  if not is_open(first_process!, vm) {
    ioctl_on_closed(proc = first_process!, fd = vm) observes result = errno
  } else {
    if not is_vm(vm) { reject "this descriptor is no VM's" }
    set_user_memory_region2(proc = first_process!, vm = fd_vm[vm]!, slot = slot, flags = flags, gpa = gpa, size = size, hva = hva,
                            hva_offset = hva.offset, hva_word = hva.word, fd = gmem, word = gmem.word, gmem_offset = gmem_offset,
                            injected = injected)
      observes result = errno
  }
}

// ---- Descriptors
event create_gmem(vm : Fd or FdWord, gmem : Fd?, size : u64 = 0, flags : u64 = 0, reserved_index : u32?, ptr : Ptr = ptr_ok, ret : i64, errno : Errno,
                  injected : bool = false) {
  if is_closed(vm, vm.word) {
    ioctl_on_closed(proc = first_process!, fd = vm) observes result = errno
  } else {
    if not is_dev_kvm(vm.word) and not is_vm(vm) { reject "this descriptor is no VM's" }
    create_guest_memfd(proc = first_process!, vm = if has(vm) then fd_vm[vm!] else none, size = size, flags = flags, ptr = ptr, injected = injected)
      observes result = errno, fd named gmem
  }
}
event dup(gmem : Fd, new : Fd, ret : i64, errno : Errno) {
  dup(proc = first_process!, fd = gmem) observes result = errno, copy named new
}
event close(obj : Fd, ret : i64, errno : Errno) {
  close(proc = first_process!, fd = obj) observes result = errno
}
event fork(ret : i64, errno : Errno) {
  fork(proc = first_process!) observes result = errno
}
event fstat(gmem : Fd, st_size : u64?, st_blocks : u64?, st_mode : u32?, st_nlink : u32?, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  fstat(proc = first_process!, fd = gmem)
    observes result = errno, st_size = st_size! if errno == ok, st_blocks = st_blocks! if errno == ok, st_mode = st_mode! if errno == ok,
      st_nlink = st_nlink! if errno == ok
}
event read(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_read) observes result = errno
}
event write(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_write) observes result = errno
}
event pread(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_pread) observes result = errno
}
event pwrite(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_pwrite) observes result = errno
}
event lseek_set(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_lseek) observes result = errno
}
event lseek_end(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_lseek) observes result = errno
}
event lseek_data(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_lseek) observes result = errno
}
event lseek_hole(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_lseek) observes result = errno
}
event ftruncate(gmem : Fd, length : u64, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_ftruncate) observes result = errno
}
event fchmod(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_fchmod) observes result = errno
}
event fsync(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_fsync) observes result = errno
}
event fcntl_add_seals(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_add_seals) observes result = errno
}
event open_proc_fd(gmem : Fd, link : FdLink, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_reopen) observes result = errno
}
event posix_fadvise(gmem : Fd, advice : FileAdvice, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_fadvise) observes result = errno
}
event fcntl_getfd(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_getfd) observes result = errno, value = u64(ret) if errno == ok
}
event fcntl_getfl(gmem : Fd, ret : i64, errno : Errno) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  file_call(first_process!, gmem, call_getfl) observes result = errno, value = u64(ret) if errno == ok
}
event ioctl_other(on : OnWord, request : OtherIoctl, ret : i64, errno : Errno) { unknown_gmem_ioctl() observes result = errno }
event set_attr2(gmem : Fd or FdWord, offset : u64, size : u64, attributes : u64, flags : u64, reserved_nonzero : bool,
                reserved_index : i64 = -1, ptr : Ptr, error_offset_in : u64, error_offset : u64, other_fields_changed : bool, ret : i64, errno : Errno,
                injected : bool = false) {
  if gmem.word == vm_fd and not newest_vm_is_open() { reject "the newest VM's descriptor is closed" }
  set_memory_attributes2(proc = first_process!, fd = gmem, word = gmem.word, error_offset_in = error_offset_in)
    observes result = errno, error_offset = error_offset
}

// ---- Files and mappings
event fallocate(gmem : Fd, mode : u32, offset : i64, length : i64, ret : i64, errno : Errno, injected : bool = false) {
  if is_vm(gmem) { reject "a VM has other file calls" }
  fallocate(proc = first_process!, fd = gmem, mode = mode, offset = offset, length = length, injected = injected)
    observes result = errno
}
event mmap(gmem : Fd, map : Mapping, length : u64, prot : u32, flags : u32, offset : u64, ret : i64, errno : Errno, injected : bool = false) {
  mmap(proc = first_process!, fd = gmem, length = length, protection = prot, flags = flags, offset = offset, injected = injected)
    observes result = errno, m named map
}
event munmap(map : Mapping, map_offset : u64, length : u64, ret : i64, errno : Errno) {
  munmap(proc = first_process!, m = map, offset = map_offset, length = length) observes result = errno
}
event mprotect(map : Mapping, page : u64, prot : u32, ret : i64, errno : Errno) {
  mprotect(proc = first_process!, m = map, at = MapPage(page), protection = prot) observes result = errno
}
event host_read(map : Mapping, page : u64, byte : u12, process : ProcessWord?, result : Signal, si_code : u8?, si_addr_page : u64?,
                value : u8?, ret : i64, errno : Errno) {
  host_read(proc = if has(process) then newest_child! else first_process!, m = map, at = MapPage(page), byte = byte)
    observes sig = result, si_code = si_code, value = value
}
/// The value that a child could not store is not logged. An injected allocation failure is absorbed by a retry.
event host_write(map : Mapping, page : u64, byte : u12, value : u8 = any, process : ProcessWord?, result : Signal, si_code : u8?,
                 si_addr_page : u64?, ret : i64, errno : Errno, injected : bool = false) {
  host_write(proc = if has(process) then newest_child! else first_process!, m = map, at = MapPage(page), byte = byte, value = value)
    observes sig = result, si_code = si_code
}
event pagemap(map : Mapping, page : u64, npages : u64 = 1, ptes : [page : u64, present : bool, pfn : u64], ret : i64, errno : Errno) {
  for i in ptes {
    pagemap(proc = first_process!, m = map, at = MapPage(page)) observes present = present, pfn = pfn
  }
}

// ---- References
event pin(pin : Pin, map : Mapping, page : u64, npages : u64, ret : i64, errno : Errno, injected : bool = false) {
  pin(proc = first_process!, m = map, at = MapPage(page), n = npages, injected = injected)
    observes result = errno, bytes = u64(ret) if errno == ok, k named pin
}
event pin_read(pin : Pin, values : [value : u8], ret : i64, errno : Errno) {
  for i in values {
    pin_byte(k = pin, nth = i) observes result = ok, byte = value
  }
  pin_drain(k = pin) observes result = errno, bytes = u64(ret) if errno == ok
}
event unpin(pin : Pin, ret : i64, errno : Errno) { unpin(k = pin) observes result = errno }
event io_uring_setup(ret : i64, errno : Errno) { io_uring_setup() observes result = errno }
event io_uring_register_buffers(map : Mapping, page : u64, npages : u64, state : PageState?, ret : i64, errno : Errno) {
  io_uring_register_buffers(proc = first_process!, m = map, at = MapPage(page), n = npages) observes result = errno
}
event io_uring_unregister_buffers(ret : i64, errno : Errno) { io_uring_unregister_buffers() observes result = errno }

// ---- Other accesses of the host
event write_from_page(map : Mapping, page : u64, ret : i64, errno : Errno) {
  kernel_read(first_process!, map, MapPage(page), copy_user) observes result = errno
}
event read_into_page(map : Mapping, page : u64, ret : i64, errno : Errno) {
  kernel_write(first_process!, map, MapPage(page), copy_user) observes result = errno
}
event process_vm_readv(map : Mapping, page : u64, ret : i64, errno : Errno) {
  kernel_read(first_process!, map, MapPage(page), remote_vm) observes result = errno
}
event process_vm_writev(map : Mapping, page : u64, ret : i64, errno : Errno) {
  kernel_write(first_process!, map, MapPage(page), remote_vm) observes result = errno
}
event proc_mem_pread(map : Mapping, page : u64, ret : i64, errno : Errno) {
  kernel_read(first_process!, map, MapPage(page), proc_mem) observes result = errno
}
event proc_mem_pwrite(map : Mapping, page : u64, ret : i64, errno : Errno) {
  kernel_write(first_process!, map, MapPage(page), proc_mem) observes result = errno
}
event mlock(map : Mapping, page : u64, ret : i64, errno : Errno) { mlock(first_process!, map, MapPage(page)) observes result = errno }
event munlock(map : Mapping, page : u64, ret : i64, errno : Errno) { munlock(first_process!, map, MapPage(page)) observes result = errno }
event msync(map : Mapping, page : u64, ret : i64, errno : Errno) { msync(first_process!, map, MapPage(page)) observes result = errno }
event mincore(map : Mapping, page : u64, vec0 : bool, ret : i64, errno : Errno) {
  mincore(first_process!, map, MapPage(page)) observes result = errno, resident = vec0 if errno == ok
}
event madvise(map : Mapping, page : u64, advice : u32, ret : i64, errno : Errno) {
  madvise(first_process!, map, MapPage(page), advice) observes result = errno
}

// ---- The guest
event guest_read(gpa : u64, result : GuestExit, value : u8?, fault.flags : u64?, fault.gpa : u64?, fault.size : u64?,
                 mmio.phys_addr : u64?, mmio.len : u32?, mmio.is_write : bool?, exit_reason : u32?, suberror : u32?, ret : i64, errno : Errno,
                 injected : bool = false) {
  if newest_vm == none { reject "the VM is gone" }
  guest_read(vm = newest_vm!, gpa = gpa, injected = injected)
    observes result = errno, end = result, value = value, fault_flags = fault.flags, fault_gpa = fault.gpa, fault_size = fault.size,
      mmio_gpa = mmio.phys_addr, mmio_write = mmio.is_write, exit_reason = exit_reason
}
event guest_write(gpa : u64, write_value : u8, result : GuestExit, fault.flags : u64?, fault.gpa : u64?, fault.size : u64?,
                  mmio.phys_addr : u64?, mmio.len : u32?, mmio.is_write : bool?, exit_reason : u32?, suberror : u32?, ret : i64, errno : Errno,
                  injected : bool = false) {
  if newest_vm == none { reject "the VM is gone" }
  guest_write(vm = newest_vm!, gpa = gpa, byte = write_value, injected = injected)
    observes result = errno, end = result, fault_flags = fault.flags, fault_gpa = fault.gpa, fault_size = fault.size,
      mmio_gpa = mmio.phys_addr, mmio_write = mmio.is_write, exit_reason = exit_reason
}
/// A read and then, unless it could not be done, a write; of two MMIO exits the log shows the second.
event guest_rmw(gpa : u64, write_value : u8, result : GuestExit, value : u8?, fault.flags : u64?, fault.gpa : u64?, fault.size : u64?,
                mmio.phys_addr : u64?, mmio.len : u32?, mmio.is_write : bool?, exit_reason : u32?, suberror : u32?, ret : i64, errno : Errno,
                injected : bool = false) {
  if has(value) {
    guest_read(vm = newest_vm!, gpa = gpa, injected = injected) observes result = ok, value = value
    guest_write(vm = newest_vm!, gpa = gpa, byte = write_value, injected = injected)
      observes result = errno, end = result, fault_flags = fault.flags, fault_gpa = fault.gpa, fault_size = fault.size,
        mmio_gpa = mmio.phys_addr, mmio_write = mmio.is_write, exit_reason = exit_reason
  } else {
    guest_read(vm = newest_vm!, gpa = gpa, injected = injected)
      observes result = errno, end = result, value = value, fault_flags = fault.flags, fault_gpa = fault.gpa, fault_size = fault.size,
        exit_reason = exit_reason
  }
}
event prefault(gpa : u64, size : u64, gpa_out : u64, size_out : u64, ret : i64, errno : Errno, injected : bool = false) {
  if newest_vm == none { reject "the VM is gone" }
  pre_fault_memory(vm = newest_vm!, gpa = gpa, size = size, injected = injected)
    observes result = errno, gpa_out = gpa_out, size_out = size_out
}
