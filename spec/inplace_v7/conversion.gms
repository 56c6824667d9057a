// KVM_SET_MEMORY_ATTRIBUTES2 on a guest_memfd.

/// A pipe or an io_uring has a reference to the folio.
fn pinned(i : Inode, p : Page) -> bool = some k of Pin : hold[k, p] == holds and pin_inode[k] == i
/// folio_ref_count says that somebody has more than the page cache's reference: a pin, a page table, or a fault on its way to one.
fn held(i : Inode, p : Page) -> bool =
  pinned(i, p) or (some r of Process, m of Mapping : map_inode[m] == i and mapped[r, m, p])
  or (some c of Call : fault_ref[c, i, p])

/// kvm_gmem_set_attributes. `error_offset` is a field of the caller's struct: `error_offset_in` before the call, written only with ENOMEM and
/// EAGAIN, and then EFAULT is what the caller sees if that cannot be done.
action set_memory_attributes2(proc : Process, fd : Fd?, word : FdWord?, offset : u64, size : u64, attributes : u64, flags : u64,
                              reserved_nonzero : bool, ptr : Ptr, injected : bool, error_offset_in : u64)
    returns (error_offset : u64) [trace, kvm_gmem_set_attributes] {
  error_offset = error_offset_in
  on_dev_kvm [trace, kvm_dev_ioctl]: fail EINVAL if is_dev_kvm(word)
  on_vm [trace, kvm_vm_ioctl]:       fail ENOTTY if word == vm_fd
  step fdget {
    no_fd [trace, fdget]:            fail EBADF if not is_open(proc, fd)
    per_vm [trace, kvm_gmem_ioctl]:  fail ENOTTY if vm_memory_attributes
    not_gmem [source, vfs_ioctl]:    fail ENOTTY if fd_inode[fd!] == none
    let inode = fd_inode[fd!]!
    file_ref[self, inode] = true
  }
  copy_in [trace, kvm_gmem_ioctl]:   fail EFAULT if not readable(ptr)
  copy_in_fault [trace, kvm_gmem_ioctl]: may fail EFAULT if faulty(injected)
  bad_flags:      fail EINVAL if flags != 0
  bad_reserved:   fail EINVAL if reserved_nonzero
  bad_attributes: fail EINVAL if attributes & ~supported_attributes(inode_vm[inode]) != 0
  empty_range:    fail EINVAL if size == 0 or wraps(offset, size)
  unaligned:      fail EINVAL if not page_aligned(offset) or not page_aligned(size)
  past_end:       fail EINVAL if offset >= i_size(inode) or offset + size > i_size(inode)
  let want = if attributes & KVM_MEMORY_ATTRIBUTE_PRIVATE != 0 then private else shared
  let pages = Page(offset >> PAGE_SHIFT) ..< Page((offset + size) >> PAGE_SHIFT)
  hold exclusive invalidate_lock[inode] {
    equal: succeed if all p in pages : sharing[inode, p] == want
    no_memory_unreported [trace, mas_preallocate]: may fail EFAULT if faulty(injected)
    no_memory [trace, mas_preallocate]: may fail ENOMEM with error_offset = offset if faulty(injected) and writable(ptr)
    if want == private {
      step zap_host {
        mapped[r, m, p] = false for r of Process, m of Mapping, p in pages where map_inode[m] == inode
      }
      // kvm_gmem_is_safe_for_conversion: the whole range, also what is private already
      busy_unreported [trace, kvm_gmem_ioctl]: fail EFAULT if not writable(ptr) and some p in pages : held(inode, p)
      busy_copy_out_fault [trace, kvm_gmem_ioctl]: may fail EFAULT if faulty(injected) and some p in pages : held(inode, p)
      // Somebody else's call holds a reference to the folio of a page while it faults it in.
      in_flight_host [trace, kvm_gmem_fault_user_mapping, "abi H2 to H5"]:
        fail EAGAIN with error_offset = u64(file_page(of_map, of_page)) << PAGE_SHIFT if writable(ptr)
        when raced (host_read(m = of_map, at = of_page) if faults_in(inode, of_map, of_page, pages),
                    host_write(m = of_map, at = of_page) if faults_in(inode, of_map, of_page, pages))
      in_flight_pin [trace, try_grab_folio, "mt_mix2: the pages before one that is not shared yet"]:
        fail EAGAIN with error_offset = u64(first_pinned(of_map, of_page, pages)) << PAGE_SHIFT if writable(ptr)
        when raced (pin(m = of_map, at = of_page, n = of_count) if map_inode[of_map] == inode
                    and first_pinned(of_map, of_page, pages) < file_page(of_map, of_page) + Page(of_count)
                    and is_first(inode, first_pinned(of_map, of_page, pages), pages)
                    and sharing[inode, first_pinned(of_map, of_page, pages)] == shared)
      in_flight_unmap [trace, tlb_finish_mmu, "litmus_populate_vs_priv: munmap gives pages back after their entries are gone"]:
        fail EAGAIN with error_offset = u64(first_pinned(of_map, MapPage(of_offset >> PAGE_SHIFT), pages)) << PAGE_SHIFT if writable(ptr)
        when raced (munmap(m = of_map, offset = of_offset, length = of_length) if map_inode[of_map] == inode
                    and first_pinned(of_map, MapPage(of_offset >> PAGE_SHIFT), pages) < file_page(of_map, MapPage((of_offset + of_length) >> PAGE_SHIFT))
                    and is_first(inode, first_pinned(of_map, MapPage(of_offset >> PAGE_SHIFT), pages), pages)
                    and sharing[inode, first_pinned(of_map, MapPage(of_offset >> PAGE_SHIFT), pages)] == shared)
      in_flight_guest [trace, kvm_mmu_faultin_pfn_gmem, "abi G5 to G9: v7 keeps the reference until the mapping is installed"]:
        fail EAGAIN with error_offset = u64(guest_page(of_vm, of_gpa)!) << PAGE_SHIFT if writable(ptr)
        when raced (guest_read(vm = of_vm, gpa = of_gpa) if guest_faults_in(inode, of_vm, of_gpa, pages),
                    guest_write(vm = of_vm, gpa = of_gpa) if guest_faults_in(inode, of_vm, of_gpa, pages))
      scan p in pages ascending {
        busy: fail EAGAIN with error_offset = max(offset, u64(folio_start(p)) << PAGE_SHIFT) if held(inode, p)
      }
    }
    step zap_guest { call zap_guest(inode, pages) }
    step store { sharing[inode, pages] = want } linearize
    step invalidate_end { call end_invalidation() }
  }
}

/// The page is of the range, and nobody is known to hold one before it.
fn is_first(i : Inode, p : Page, pages : range Page) -> bool =
  p in pages and not some q in pages.lo ..< p : held(i, q)
fn faults_in(i : Inode, m : Mapping, at : MapPage, pages : range Page) -> bool =
  map_inode[m] == i and is_first(i, file_page(m, at), pages) and sharing[i, file_page(m, at)] == shared
/// Of a pin's pages the first that is not before the range.
fn first_pinned(m : Mapping, at : MapPage, pages : range Page) -> Page = max(pages.lo, file_page(m, at))
/// The page behind a guest's address, if it is one of a guest_memfd.
fn guest_page(vm : Vm, gpa : u64) -> Page? =
  if has(slot_at[vm, Gfn(gpa >> PAGE_SHIFT)]) and has(slot_inode[slot_at[vm, Gfn(gpa >> PAGE_SHIFT)]!])
  then slot_page(slot_at[vm, Gfn(gpa >> PAGE_SHIFT)]!, Gfn(gpa >> PAGE_SHIFT)) else none
fn guest_faults_in(i : Inode, vm : Vm, gpa : u64, pages : range Page) -> bool =
  has(guest_page(vm, gpa)) and slot_inode[slot_at[vm, Gfn(gpa >> PAGE_SHIFT)]!] == i and is_first(i, guest_page(vm, gpa)!, pages)

/// A conversion to what the attribute of this gfn is now: an access that began before it may have read the other value.
fn just_converted(vm : Vm, gpa : u64, fd : Fd?, offset : u64, size : u64, attributes : u64) -> bool =
  has(fd) and has(guest_page(vm, gpa)) and fd_inode[fd!] == slot_inode[slot_at[vm, Gfn(gpa >> PAGE_SHIFT)]!]
  and guest_page(vm, gpa)! in Page(offset >> PAGE_SHIFT) ..< Page((offset + size) >> PAGE_SHIFT)
  and (attributes & KVM_MEMORY_ATTRIBUTE_PRIVATE != 0) == gfn_private(vm, Gfn(gpa >> PAGE_SHIFT))

/// Since the series the host's faults take the invalidate lock.
in host_read { drop punched_meanwhile }

in guest_read {
  before no_memory: stale_attribute [trace, kvm_mmu_faultin_pfn, "abi G0a to G2: the attribute is read twice"]:
    fail EFAULT with end = memory_fault, fault_flags = if gfn_private(vm, Gfn(gpa >> PAGE_SHIFT)) then 0 else KVM_MEMORY_EXIT_FLAG_PRIVATE,
      fault_gpa = gpa & ~(PAGE_SIZE - 1), fault_size = PAGE_SIZE
    when raced (set_memory_attributes2(fd = of_fd, offset = from, size = bytes, attributes = to) if just_converted(vm, gpa, of_fd, from, bytes, to))
}
in guest_write {
  before no_memory: stale_attribute [trace, kvm_mmu_faultin_pfn, "abi G0a to G2: the attribute is read twice"]:
    fail EFAULT with end = memory_fault, fault_flags = if gfn_private(vm, Gfn(gpa >> PAGE_SHIFT)) then 0 else KVM_MEMORY_EXIT_FLAG_PRIVATE,
      fault_gpa = gpa & ~(PAGE_SIZE - 1), fault_size = PAGE_SIZE
    when raced (set_memory_attributes2(fd = of_fd, offset = from, size = bytes, attributes = to) if just_converted(vm, gpa, of_fd, from, bytes, to))
}

event set_attr2(gmem : Fd or FdWord, offset : u64, size : u64, attributes : u64, flags : u64, reserved_nonzero : bool,
                reserved_index : i64 = -1, ptr : Ptr, error_offset_in : u64, error_offset : u64, other_fields_changed : bool, ret : i64, errno : Errno,
                injected : bool = false) {
  if gmem.word == vm_fd and not newest_vm_is_open() { reject "the newest VM's descriptor is closed" }
  set_memory_attributes2(proc = first_process!, fd = gmem, word = gmem.word, offset = offset, size = size, attributes = attributes,
                         flags = flags, reserved_nonzero = reserved_nonzero, ptr = ptr, injected = injected,
                         error_offset_in = error_offset_in)
    observes result = errno, error_offset = error_offset
}
