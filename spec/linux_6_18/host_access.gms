// How the host reaches a page: the fault handler, loads and stores, and what the page tables show.

/// The MMU and, without an entry, kvm_gmem_fault_user_mapping. si_code: 1 SEGV_MAPERR, 2 SEGV_ACCERR or BUS_ADRERR. An allocation that
/// fails is tried again.
procedure host_fault(proc : Process, m : Mapping, at : MapPage, write : bool) returns (sig : Signal, si_code : u8?)
    [trace, kvm_gmem_fault_user_mapping] {
  hold shared mmap_lock[proc] {
    return (SIGSEGV, 1) if not vma[proc, m, at]
    return (SIGSEGV, 2) if not prot_allows(prot[proc, m, at], write)
    let inode = map_inode[m]!
    let p = file_page(m, at)
    if not mapped[proc, m, p] {
      return (SIGBUS, 2) if p >= npages[inode]
      hold shared invalidate_lock[inode] {
        return (SIGBUS, 2) if sharing[inode, p] == private
        step find_folio {
          cached[inode, p] = true
          uptodate[inode, p] = true
          fault_ref[self, inode, p] = true
        }
      }
      // Without the invalidate lock: what keeps the page from becoming private is the reference.
      step install_pte {
        mapped[proc, m, p] = true
        fault_ref[self, inode, p] = false
      }
    }
  }
  return (no_signal, none)
}

/// Who asks for a page: a load or store, or the kernel in its place; get_user_pages, which reads only what may be read (VM_READ);
/// get_user_pages_fast, which looks at the page tables first; or FOLL_FORCE, which reads what may be made readable.
enum Need { load, store, gup_read, gup_fast, forced_read }
/// check_vma_flags
fn allows(protection : u32, need : Need) -> bool =
  if need == gup_read or need == gup_fast then protection & PROT_READ != 0 else need == forced_read or prot_allows(protection, need == store)
/// gup_fast_pte_range: an entry that may be written may be read, whatever its VMA says (seen by gmemspec run --threads on 6.18.44).
fn finds_entry(proc : Process, m : Mapping, at : MapPage, need : Need) -> bool =
  need == gup_fast and prot[proc, m, at] & PROT_WRITE != 0 and mapped[proc, m, file_page(m, at)]

/// get_user_pages, mm_populate: the pages in order until one cannot be faulted in; `got` of them are there.
procedure populate(proc : Process, m : Mapping, at : MapPage, n : u64, need : Need) returns (got : u64)
    [trace, populate_vma_page_range] {
  let wanted = intersect(at ..< at + MapPage(n), MapPage(0) ..< map_npages[m])
  // Said first because everything else rests on it: without the first page there is no file to speak of.
  return 0 if empty(wanted) or not vma[proc, m, at]
  let hole = first a in wanted :
    not vma[proc, m, a] or not (allows(prot[proc, m, a], need) or finds_entry(proc, m, a, need))
  let inode = map_inode[m]!
  let start = file_page(m, at)
  let pages = start ..< file_page(m, if has(hole) then hole! else wanted.hi)
  hold shared invalidate_lock[inode] {
    let bad = first p in pages : not mapped[proc, m, p] and (p >= npages[inode] or sharing[inode, p] == private)
    let there = start ..< (if has(bad) then bad! else pages.hi)
    cached[inode, there] = true
    uptodate[inode, there] = true
    mapped[proc, m, there] = true
    return u64(there.hi - there.lo)
  }
}

/// fallocate with these arguments removes the page.
fn punches(mode : u32, fd : Fd?, offset : i64, length : i64, m : Mapping, at : MapPage) -> bool =
  mode & FALLOC_FL_PUNCH_HOLE != 0 and is_open(first_process!, fd) and fd_inode[fd!] == map_inode[m]
  and file_page(m, at) in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT)

/// A load of one byte
action host_read(proc : Process, m : Mapping, at : MapPage, byte : u12) returns (sig : Signal, si_code : u8?, value : u8?)
    [trace, exc_page_fault] {
  let (end, code) = host_fault(proc, m, at, false)
  sig = end
  si_code = code
  value = none
  if end == no_signal {
    // A fault does not wait for a punch, which takes page by page away and starts again until it finds none; what is
    // stored meanwhile may be taken, too. The punch itself stands for its last round.
    punched_meanwhile [trace, truncate_inode_pages_range, "mt_mix0_t4"]: succeed with value = 0
      when raced (fallocate(fd = of_fd, mode = of_mode, offset = from, length = bytes) if punches(of_mode, of_fd, from, bytes, m, at))
    step load_byte {
      // The entry may be gone again by the time the instruction is run again.
      retry if not mapped[proc, m, file_page(m, at)]
      value = content[map_inode[m]!, file_page(m, at), byte]
    }
  }
}

/// A store of one byte
action host_write(proc : Process, m : Mapping, at : MapPage, byte : u12, value : u8) returns (sig : Signal, si_code : u8?)
    [trace, exc_page_fault] {
  let (end, code) = host_fault(proc, m, at, true)
  sig = end
  si_code = code
  if end == no_signal {
    step store_byte {
      retry if not mapped[proc, m, file_page(m, at)]
      content[map_inode[m]!, file_page(m, at), byte] = value
    }
  }
}

/// One entry of /proc/PID/pagemap
action pagemap(proc : Process, m : Mapping, at : MapPage) returns (present : bool, pfn : u64) [trace, pagemap_pmd_range] {
  vma_gone [trace, do_vmi_align_munmap, "by gmemspec run --threads on 6.18.44"]: succeed with present = false, pfn = 0
    when raced (munmap(m = of_map, offset = from, length = bytes) if unmaps(from, bytes, of_map, m, at))
  let there = vma[proc, m, at] and mapped[proc, m, file_page(m, at)]
  present = there
  pfn = 0
  if there { pfn = frame[map_inode[m]!, file_page(m, at)] }
}
