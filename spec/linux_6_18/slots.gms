// Memory slots and the binding of a guest_memfd to them.

/// access_ok: user space ends at TASK_SIZE_MAX. An address that mmap gave lies in the last 2^40 bytes below it.
fn range_is_user(hva_is_null : bool, size : u64) -> bool = if hva_is_null then size <= TASK_SIZE_MAX else size < 1 << 40

/// kvm_mmu_max_gfn: how many bits a guest's physical address has depends on the processor.
const MIN_GPA_BITS : u64 = 36
const MAX_GPA_BITS : u64 = 52

/// kvm_delete_memslot with kvm_gmem_unbind. Pages and sharing stay with the inode.
procedure delete_slot(vm : Vm, s : Slot) [trace, kvm_set_memslot] {
  slot_of[vm, slot_id[s]] = none
  slot_at[vm, slot_base[s] ..< slot_end[s]] = none
  if has(slot_inode[s]) {
    bindings[slot_inode[s]!, slot_first[s] ..< slot_last[s]] = none
  }
  if not has_private_mem(vm) {
    // kvm_mmu_zap_all_fast: KVM_X86_QUIRK_SLOT_ZAP_ALL
    mmio_spte[vm, *] = false
    stage2[t, *] = unmapped for t of Slot where slot_vm[t] == vm
  }
  destroy s
}

/// KVM_SET_USER_MEMORY_REGION2. pad1 and pad2 are not looked at. Address space 1 (SMM) is not modelled.
action set_user_memory_region2(proc : Process, vm : Vm, slot : u32, flags : u32, gpa : u64, size : u64, hva : Mapping?,
                               hva_offset : u64, hva_word : HvaWord?, fd : Fd?, word : FdWord?, gmem_offset : u64, injected : bool)
    [trace, kvm_set_memory_region] {
  copy_in [trace, kvm_vm_ioctl]: may fail EFAULT if faulty(injected)
  hold exclusive slots_lock[vm] {
    let with_gmem = flags & KVM_MEM_GUEST_MEMFD != 0
    step fget {
      let inode = if with_gmem and has(fd) and size != 0 then fd_inode[fd!] else none
      if has(inode) { file_ref[self, inode!] = true }
    }
    // That the checks are in the same step as what they allow says that nothing they look at changes under slots_lock, but for the
    // bindings: kvm_gmem_bind and kvm_gmem_unbind take the invalidate lock.
    step set_region {
      bad_slot [source]: fail EINVAL if slot & 0xffff >= KVM_USER_MEM_SLOTS
      bad_flags [trace, check_memory_region_flags, "no dirty log, not read only with guest_memfd"]:
        fail EINVAL if flags & ~(if with_gmem then KVM_MEM_GUEST_MEMFD else KVM_MEM_LOG_DIRTY_PAGES | KVM_MEM_READONLY) != 0
      size_unaligned: fail EINVAL if not page_aligned(size)
      gpa_unaligned:  fail EINVAL if not page_aligned(gpa)
      hva_unaligned:  fail EINVAL if hva_word == hva_unaligned or not page_aligned(hva_offset)
      hva_range [inferred, access_ok, "linux-6.18/sweep_bind: 2^40 bytes at an anonymous mapping"]:
        fail EINVAL if not range_is_user(hva_word == hva_null, size)
      hva_range_high [trace, access_ok, "an anonymous mapping may lie anywhere in these 2^40 bytes; by gmemspec run on 6.18.44"]:
        may fail EINVAL if hva_word != hva_null and size > 1 << 27
      bad_gmem_offset: fail EINVAL if with_gmem and (not page_aligned(gmem_offset) or wraps(gmem_offset, size))
      bad_address_space [source]: fail EINVAL if slot >> 16 != 0
      gpa_wraps [source]:         fail EINVAL if wraps(gpa, size)
      too_many_pages [source]:    fail EINVAL if size >> PAGE_SHIFT > KVM_MEM_MAX_NR_PAGES
      let base = Gfn(gpa >> PAGE_SHIFT)
      let gfns = base ..< base + Gfn(size >> PAGE_SHIFT)
      // A mapping that is gone is an address like any other where nothing is.
      let backing = if has(hva) and live(hva!) then hva else none
      let hva_first = MapPage(hva_offset >> PAGE_SHIFT)
      let id = SlotId(slot)
      let old = slot_of[vm, id]
      if size == 0 {
        delete_none: fail EINVAL if old == none
        delete_no_memory [source, kvm_set_memslot]: may fail ENOMEM if faulty(injected)
        // kvm_invalidate_memslot waits for the vCPUs that have found the slot.
        await not some c of Call : slot_ref[c, old!]
        // kvm_gmem_unbind
        hold exclusive invalidate_lock[slot_inode[old!]!] { call delete_slot(vm, old!) }
        deleted: succeed
      }
      if has(old) {
        gmem_exists [source]: fail EINVAL if with_gmem
        old_gmem: fail EINVAL if slot_flags[old!] & KVM_MEM_GUEST_MEMFD != 0
        differs [source]:
          fail EINVAL if slot_npages(old!) != size >> PAGE_SHIFT or slot_hva[old!] != backing or slot_hva_first[old!] != hva_first
            or slot_hva_word[old!] != hva_word or (slot_flags[old!] ^ flags) & KVM_MEM_READONLY != 0
      }
      overlap: fail EEXIST if some g in gfns : has(slot_at[vm, g]) and slot_at[vm, g] != old
      no_memory [trace, kvm_set_memslot]: may fail ENOMEM if faulty(injected)
      let beyond = gpa + size - 1
      if has(old) {
        moved_too_high [source, kvm_arch_prepare_memory_region]: fail EINVAL if gfns.lo != slot_base[old!] and beyond >> MAX_GPA_BITS != 0
        moved_high [source, kvm_arch_prepare_memory_region, "bits of a guest's physical address: 36 at least"]:
          may fail EINVAL if gfns.lo != slot_base[old!] and beyond >> MIN_GPA_BITS != 0
        // KVM_MR_MOVE, KVM_MR_FLAGS_ONLY, or nothing: of a slot without guest_memfd
        await not some c of Call : slot_ref[c, old!]
        slot_at[vm, slot_base[old!] ..< slot_end[old!]] = none
        slot_at[vm, gfns] = old
        slot_base[old!] = base
        slot_end[old!] = gfns.hi
        slot_flags[old!] = flags
        changed [source]: succeed
      }
      // kvm_gmem_bind
      let first_page = Page(gmem_offset >> PAGE_SHIFT)
      let pages = first_page ..< first_page + Page(size >> PAGE_SHIFT)
      if with_gmem {
        bind_fd [trace, kvm_gmem_bind]: fail EBADF if word == bad_fd or word == no_fd or (word == none and not is_open(proc, fd))
        bind_not_gmem [trace, kvm_gmem_bind]:  fail EINVAL if inode == none
        bind_other_vm [trace, kvm_gmem_bind]:  fail EINVAL if inode_vm[inode!] != vm
        bind_negative [trace, kvm_gmem_bind]:  fail EINVAL if i64(gmem_offset) < 0
        bind_past_end [trace, kvm_gmem_bind, "signed: an offset just below 2^63 passes"]:
          fail EINVAL if i64(gmem_offset + size) > i64(i_size(inode!))
        bind_overlap [trace, kvm_gmem_bind]:   fail EINVAL if some p in pages : has(bindings[inode!, p])
      }
      gpa_too_high [trace, kvm_arch_prepare_memory_region, "by gmemspec run on 6.18.44"]: fail EINVAL if beyond >> MAX_GPA_BITS != 0
      gpa_high [source, kvm_arch_prepare_memory_region, "bits of a guest's physical address: 36 at least"]:
        may fail EINVAL if beyond >> MIN_GPA_BITS != 0
      create s : Slot
      slot_vm[s] = vm
      slot_id[s] = id
      slot_base[s] = base
      slot_end[s] = gfns.hi
      slot_flags[s] = flags
      slot_hva[s] = backing
      slot_hva_first[s] = hva_first
      slot_hva_word[s] = hva_word
      if has(inode) {
        hold exclusive invalidate_lock[inode!] {
          slot_inode[s] = inode
          slot_first[s] = first_page
          slot_last[s] = pages.hi
          slot_gmem_only[s] = inode_flags[inode!] & GUEST_MEMFD_FLAG_MMAP != 0
          bindings[inode!, pages] = s
        }
      }
      slot_of[vm, id] = s
      slot_at[vm, gfns] = s
    }
  }
}
