// Mappings: mmap, munmap, mprotect.

/// What an access needs of the protection. On x86 a writable page is readable.
fn prot_allows(protection : u32, write : bool) -> bool =
  protection & (if write then PROT_WRITE else PROT_READ | PROT_WRITE | PROT_EXEC) != 0

/// mmap. The attributes of the pages are not asked, nor whether they are inside the file.
action mmap(proc : Process, fd : Fd?, length : u64, protection : u32, flags : u32, offset : u64, injected : bool)
    returns (m : Mapping) [trace, ksys_mmap_pgoff] {
  offset_unaligned [trace, sys_mmap]: fail EINVAL if not page_aligned(offset)
  hold exclusive mmap_lock[proc] {
    step map_region {
      no_fd [source]: fail EBADF if not is_open(proc, fd)
      hugetlb:        fail EINVAL if flags & MAP_HUGETLB != 0
      zero_length [trace, do_mmap]: fail EINVAL if length == 0
      too_long [source, do_mmap]:   fail ENOMEM if length > TASK_SIZE_MAX
      // Whether there is so much room between other mappings is the address space's secret.
      no_room [trace, vm_unmapped_area, "by gmemspec run on 6.18.44"]: may fail ENOMEM if length > 1 << 40
      let n = (length + PAGE_SIZE - 1) >> PAGE_SHIFT
      let kind = flags & MAP_TYPE
      offset_too_big [trace, file_mmap_ok]:
        fail EOVERFLOW if fd_inode[fd!] != none and offset >> PAGE_SHIFT > (S_MAXBYTES - (n << PAGE_SHIFT)) >> PAGE_SHIFT
      bad_type [trace, do_mmap]: fail EINVAL if kind != MAP_SHARED and kind != MAP_PRIVATE and kind != MAP_SHARED_VALIDATE
      bad_flag [trace, do_mmap]: fail EOPNOTSUPP if kind == MAP_SHARED_VALIDATE and flags & MAP_SYNC != 0
      noexec [trace, path_noexec]: fail EPERM if protection & PROT_EXEC != 0
      no_memory [trace, vm_area_alloc]: may fail ENOMEM if faulty(injected)
      not_gmem [source]: fail ENODEV if fd_inode[fd!] == none
      let inode = fd_inode[fd!]!
      no_mmap [trace, kvm_gmem_mmap]:    fail ENODEV if inode_flags[inode] & GUEST_MEMFD_FLAG_MMAP == 0
      not_shared [trace, kvm_gmem_mmap]: fail EINVAL if kind == MAP_PRIVATE
      create mapping : Mapping
      map_inode[mapping] = inode
      map_first[mapping] = Page(offset >> PAGE_SHIFT)
      map_npages[mapping] = MapPage(n)
      vma[proc, mapping, MapPage(0) ..< MapPage(n)] = true
      prot[proc, mapping, MapPage(0) ..< MapPage(n)] = protection
      m = mapping
      if flags & MAP_LOCKED != 0 { locked[proc, mapping, MapPage(0) ..< MapPage(n)] = true }
      if flags & MAP_LOCKED != 0 or flags & (MAP_POPULATE | MAP_NONBLOCK) == MAP_POPULATE {
        // mm_populate: up to the first page that cannot be had; mmap succeeds all the same
        call populate(proc, mapping, MapPage(0), n, load)
      }
    }
  }
}

/// New zeroed memory that is no guest_memfd: what a trace's mapping without an mmap is.
action ordinary_memory(proc : Process, size : u64) returns (m : Mapping) [inferred] {
  create memory : Inode
  create mapping : Mapping
  let n = (size + PAGE_SIZE - 1) >> PAGE_SHIFT
  npages[memory] = Page(n)
  frame[memory, *] = any
  map_inode[mapping] = memory
  map_npages[mapping] = MapPage(n)
  vma[proc, mapping, MapPage(0) ..< MapPage(n)] = true
  prot[proc, mapping, MapPage(0) ..< MapPage(n)] = PROT_READ | PROT_WRITE
  m = mapping
}

/// munmap of a part of what was mapped, in the caller only. Holes are no error.
action munmap(proc : Process, m : Mapping, offset : u64, length : u64) [trace, do_vmi_munmap] {
  unaligned [source]:   fail EINVAL if not page_aligned(offset)
  zero_length [source]: fail EINVAL if length == 0 or length > TASK_SIZE_MAX or offset > TASK_SIZE_MAX
  hold exclusive mmap_lock[proc] {
    step unmap {
      let gone = intersect(MapPage(offset >> PAGE_SHIFT) ..< MapPage((offset + length + PAGE_SIZE - 1) >> PAGE_SHIFT),
                           MapPage(0) ..< map_npages[m])
      let pages = file_page(m, gone.lo) ..< file_page(m, gone.hi)
      vma[proc, m, gone] = false
      locked[proc, m, gone] = false
      mapped[proc, m, pages] = false
      if live(m) and not some r of Process, at of MapPage : vma[r, m, at] {
        let inode = map_inode[m]
        slot_hva[s] = none for s of Slot where slot_hva[s] == m
        destroy m
        if has(inode) { call put_file(inode!) }
      }
    }
  }
}

/// munmap with these arguments takes the page away. It removes the VMA first and the page-table entries later, so that for a while system
/// calls find nothing where the processor still does: those stand here, with `vma_gone`, and munmap itself for what comes later.
fn unmaps(offset : u64, length : u64, of_map : Mapping, m : Mapping, at : MapPage) -> bool =
  of_map == m and at in MapPage(offset >> PAGE_SHIFT) ..< MapPage((offset + length + PAGE_SIZE - 1) >> PAGE_SHIFT)

/// mprotect of one page. Page-table entries that forbid less are taken away, others stay.
action mprotect(proc : Process, m : Mapping, at : MapPage, protection : u32) [trace, mprotect_fixup] {
  bad_prot [trace, arch_validate_prot, "by gmemspec run on 6.18.44"]:
    fail EINVAL if protection & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM | PROT_GROWSDOWN | PROT_GROWSUP) != 0
  both_ways [source, do_mprotect_pkey]:
    fail EINVAL if protection & PROT_GROWSDOWN != 0 and protection & PROT_GROWSUP != 0
  not_mapped [source]: fail ENOMEM if not vma[proc, m, at]
  vma_gone [inferred, do_vmi_align_munmap]: fail ENOMEM
    when raced (munmap(m = of_map, offset = from, length = bytes) if unmaps(from, bytes, of_map, m, at))
  does_not_grow [source, do_mprotect_pkey]: fail EINVAL if protection & (PROT_GROWSDOWN | PROT_GROWSUP) != 0
  noexec [trace, do_mprotect_pkey, "VM_MAYEXEC was cleared when it was mapped"]: fail EACCES if protection & PROT_EXEC != 0
  prot[proc, m, at] = protection
}
