// How a vCPU reaches a page.

/// What the attributes say about a page of a slot.
fn page_private(s : Slot, p : Page) -> bool = has(slot_vm[s]) and vm_private[slot_vm[s]!, slot_gfn(s, p)]
/// kvm_mem_is_private: the same for a gfn, which need not have a slot.
fn gfn_private(vm : Vm, g : Gfn) -> bool = vm_private[vm, g]

/// The access goes through guest_memfd instead of userspace_addr.
fn through_gmem(s : Slot, is_private : bool) -> bool =
  slot_flags[s] & KVM_MEM_GUEST_MEMFD != 0 and (is_private or slot_gmem_only[s])

/// kvm_mmu_faultin_pfn and what follows it, for one access. `inode`, `page`: where the byte is, if the access can be made; `from`: the slot
/// that shows it.
procedure guest_fault(vm : Vm, g : Gfn, write : bool)
    returns (end : GuestExit, inode : Inode?, page : Page, fault_flags : u64?, error : bool, from : Slot?)
    [trace, kvm_mmu_faultin_pfn] {
  step find_slot {
    let slot = slot_at[vm, g]
    if has(slot) { slot_ref[self, slot!] = true }
    let p = if has(slot) then slot_page(slot!, g) else Page(0)
  }
  step sample_seq { stale[self] = false }
  step read_attribute {
    let attribute = gfn_private(vm, g)
    // kvm_mmu_do_page_fault of a software-protected VM: the access is what the attributes say
    let is_private = attribute and has_private_mem(vm) and not (stale_mmio and mmio_spte[vm, g])
  }
  let report = if is_private then KVM_MEMORY_EXIT_FLAG_PRIVATE else 0
  // kvm_mmu_prepare_memory_fault_exit
  return (memory_fault, none, Page(0), report, true, none) if is_private != attribute
  if slot == none {
    // kvm_handle_noslot_fault
    return (memory_fault, none, Page(0), report, true, none) if is_private
    mmio_spte[vm, g] = true
    return (mmio, none, Page(0), none, false, none)
  }
  let s = slot!
  // kvm_mmu_faultin_pfn_gmem
  step get_file {
    let by_gmem = through_gmem(s, is_private)
    let file = slot_inode[s]
    return (memory_fault, none, Page(0), report, true, none) if by_gmem and file == none
    if by_gmem { file_ref[self, file!] = true }
  }
  if by_gmem {
    hold shared invalidate_lock[file!] {
      step find_folio {
        cached[file!, p] = true
        uptodate[file!, p] = true
      }
    }
    step put_file { file_ref[self, file!] = false }
    // Under mmu_lock: is_page_fault_stale
    step map_gfn {
      retry if stale[self] or some c of Call : (window[c, s, p] or gfn_window[c, vm, g])
      stage2[s, p] = if is_private then maps_private else maps_shared
      mmio_spte[vm, g] = false
      return (completed, file, p, none, false, s)
    }
  }
  return (memory_fault, none, Page(0), report, true, none) if is_private
  // __kvm_faultin_pfn: by userspace_addr
  return (other_exit, none, Page(0), none, true, none) if slot_hva[s] == none or vm_process[vm] == none
  step map_hva {
    let at = slot_hva_first[s] + MapPage(u64(g - slot_base[s]))
    let (got) = populate(vm_process[vm]!, slot_hva[s]!, at, 1, if write then store else gup_read)
    return (other_exit, none, Page(0), none, true, none) if got == 0
    mmio_spte[vm, g] = false
    return (completed, map_inode[slot_hva[s]!], file_page(slot_hva[s]!, at), none, false, s)
  }
}

/// The page is in the page tables that the guest's access walks. That of a page behind userspace_addr goes with the host's own entry
/// (kvm_mmu_notifier_invalidate_range_start).
fn guest_reaches(s : Slot, i : Inode, p : Page) -> bool =
  (slot_inode[s] == i and stage2[s, p] != unmapped)
  or (has(slot_vm[s]) and has(vm_process[slot_vm[s]!]) and has(slot_hva[s]) and map_inode[slot_hva[s]!] == i
      and mapped[vm_process[slot_vm[s]!]!, slot_hva[s]!, p])

/// KVM_RUN until the vCPU has read one byte, or cannot. What the log's user space answers to MMIO is 0.
action guest_read(vm : Vm, gpa : u64, injected : bool)
    returns (end : GuestExit, value : u8?, fault_flags : u64?, fault_gpa : u64?, fault_size : u64?, mmio_gpa : u64?, mmio_write : bool?,
             exit_reason : u32?) [trace, kvm_mmu_page_fault] {
  value = none
  fault_flags = none
  fault_gpa = none
  fault_size = none
  mmio_gpa = none
  mmio_write = none
  exit_reason = none
  no_memory [source, mmu_topup_memory_caches]: may fail ENOMEM with end = other_exit, exit_reason = 65535 if faulty(injected)
  let (how, inode, page, report, error, from) = guest_fault(vm, Gfn(gpa >> PAGE_SHIFT), false)
  end = how
  memory_fault_exit: fail EFAULT with fault_flags = report, fault_gpa = gpa & ~(PAGE_SIZE - 1), fault_size = PAGE_SIZE
    if how == memory_fault
  bad_hva [trace, __kvm_faultin_pfn]: fail EFAULT with exit_reason = 0 if error
  if how == mmio {
    value = 0
    mmio_gpa = gpa
    mmio_write = false
  } else {
    step load_byte {
      // The entry may be gone again by the time the instruction is run again.
      retry if not guest_reaches(from!, inode!, page)
      value = content[inode!, page, u12(gpa)]
    }
  }
}

/// KVM_RUN until the vCPU has written one byte, or cannot
action guest_write(vm : Vm, gpa : u64, byte : u8, injected : bool)
    returns (end : GuestExit, fault_flags : u64?, fault_gpa : u64?, fault_size : u64?, mmio_gpa : u64?, mmio_write : bool?,
             exit_reason : u32?) [trace, kvm_mmu_page_fault] {
  fault_flags = none
  fault_gpa = none
  fault_size = none
  mmio_gpa = none
  mmio_write = none
  exit_reason = none
  no_memory [trace, mmu_topup_memory_caches]: may fail ENOMEM with end = other_exit, exit_reason = 65535 if faulty(injected)
  let (how, inode, page, report, error, from) = guest_fault(vm, Gfn(gpa >> PAGE_SHIFT), true)
  end = how
  memory_fault_exit: fail EFAULT with fault_flags = report, fault_gpa = gpa & ~(PAGE_SIZE - 1), fault_size = PAGE_SIZE
    if how == memory_fault
  bad_hva [trace, __kvm_faultin_pfn]: fail EFAULT with exit_reason = 0 if error
  if how == mmio {
    mmio_gpa = gpa
    mmio_write = true
  } else {
    step store_byte {
      retry if not guest_reaches(from!, inode!, page)
      content[inode!, page, u12(gpa)] = byte
    }
  }
}

/// A pre-fault of this gfn installs a mapping. The kind is what the attributes say, so that they cannot differ. A page behind
/// userspace_addr is taken to be there: what the pre-fault does to the host's page tables then is not tracked.
fn can_prefault(vm : Vm, g : Gfn) -> bool =
  has(slot_at[vm, g])
  and (gfn_private(vm, g) implies has_private_mem(vm))
  and (through_gmem(slot_at[vm, g]!, gfn_private(vm, g)) implies has(slot_inode[slot_at[vm, g]!]))

/// KVM_PRE_FAULT_MEMORY: page by page until one fails; success if any page was done. The struct says what is left.
action pre_fault_memory(vm : Vm, gpa : u64, size : u64, injected : bool) returns (gpa_out : u64, size_out : u64)
    [trace, kvm_vcpu_pre_fault_memory] {
  gpa_out = gpa
  size_out = size
  copy_in: may fail EFAULT if faulty(injected)
  unaligned:   fail EINVAL if not page_aligned(gpa) or not page_aligned(size)
  empty_range: fail EINVAL if gpa + size <= gpa
  no_tdp [source, kvm_arch_vcpu_pre_fault_memory]: fail EOPNOTSUPP if not tdp
  let gfns = Gfn(gpa >> PAGE_SHIFT) ..< Gfn((gpa + size) >> PAGE_SHIFT)
  step map_gfns {
    let stop = first g in gfns : not can_prefault(vm, g)
    let done = if has(stop) then gfns.lo ..< stop! else gfns
    retry if some c of Call, s of Slot, p in slot_first[s] ..< slot_last[s] :
      slot_vm[s] == vm and slot_gfn(s, p) in done and window[c, s, p]
    let bytes = u64(done.hi - done.lo) << PAGE_SHIFT
    for i of Inode, p in Page(0) ..< npages[i]
        where has(bindings[i, p]) and slot_vm[bindings[i, p]!] == vm and slot_gfn(bindings[i, p]!, p) in done
          and through_gmem(bindings[i, p]!, page_private(bindings[i, p]!, p)) {
      cached[i, p] = true
      uptodate[i, p] = true
    }
    for s of Slot, p in slot_first[s] ..< slot_last[s]
        where slot_vm[s] == vm and slot_gfn(s, p) in done and has(slot_inode[s]) and through_gmem(s, page_private(s, p)) {
      stage2[s, p] = if page_private(s, p) then maps_private else maps_shared
    }
    mmio_spte[vm, done] = false
    // RET_PF_EMULATE in a hole, which leaves an MMIO entry there
    let hole = has(stop) and slot_at[vm, stop!] == none
    if hole { mmio_spte[vm, stop!] = true }
  }
  copy_out [trace, kvm_vcpu_ioctl]: may fail EFAULT if faulty(injected)
  no_slot: fail ENOENT if hole and empty(done)
  no_page [source, kvm_tdp_map_page]: fail EFAULT if has(stop) and empty(done)
  gpa_out = gpa + bytes
  size_out = size - bytes
}
