// What callers may rely on, call by call: which mistake gives which error (of several the one that stands first here), what a success leaves
// behind, and what stays as it was. Said in the callers' terms and not in the order of the kernel's checks, so that each tests the other.

/// An access of the host would find the page.
fn host_reaches(proc : Process, m : Mapping, at : MapPage, need : Need) -> bool =
  vma[proc, m, at] and (allows(prot[proc, m, at], need) or finds_entry(proc, m, at, need))
  and file_page(m, at) < npages[map_inode[m]!] and sharing[map_inode[m]!, file_page(m, at)] == shared

// ---- Virtual machines
property vm_args on create_vm : result == (if type == 0 or (type == 1 and sw_protected_vm) then ok else EINVAL)
property vm_made on create_vm : result == ok implies
  has(fd_vm'[fd]) and not live(fd_vm'[fd]!) and vm_type'[fd_vm'[fd]!] == u32(type) and newest_vm' == fd_vm'[fd]
  and has(first_process') and (has(first_process) implies first_process' == first_process)
  and vm_process'[fd_vm'[fd]!] == first_process' and fd_open'[first_process'!, fd]

property capabilities on check_extension :
  (cap == KVM_CAP_VM_TYPES implies value == (if sw_protected_vm then 3 else 1))
  and (cap == KVM_CAP_USER_MEMORY2 or cap == KVM_CAP_GUEST_MEMFD implies value == 1)
  and (cap == KVM_CAP_PRE_FAULT_MEMORY implies (value == 1) == tdp)
  and (cap == KVM_CAP_GUEST_MEMFD_FLAGS implies value == supported_flags(vm))
  and (cap == KVM_CAP_MEMORY_ATTRIBUTES implies value == (if per_vm_attributes() then supported_attributes(vm) else 0))
  and (cap < 231 or cap > 249 implies value == 0)

fn attributes_are(vm : Vm, address : u64, size : u64, attributes : u64) -> bool =
  all g in Gfn(address >> PAGE_SHIFT) ..< Gfn((address + size) >> PAGE_SHIFT) :
    vm_private[vm, g] == (attributes & KVM_MEMORY_ATTRIBUTE_PRIVATE != 0)
property attributes_args on set_memory_attributes :
  if not per_vm_attributes() then result == ENOTTY
  else if not readable(ptr) then result == EFAULT
  else if result == EFAULT or result == ENOMEM then faulty(injected)
  else result == (if flags == 0 and attributes & ~supported_attributes(vm) == 0 and size > 0 and address + size > address
                    and page_aligned(address) and page_aligned(size) then ok else EINVAL)
property attributes_set on set_memory_attributes : all v of Vm, g of Gfn :
  vm_private'[v, g] == (if result == ok and v == vm and g in Gfn(address >> PAGE_SHIFT) ..< Gfn((address + size) >> PAGE_SHIFT)
                        then attributes == KVM_MEMORY_ATTRIBUTE_PRIVATE else vm_private[v, g])
property attributes_frame on set_memory_attributes : all s of Slot, p of Page :
  stage2'[s, p] == stage2[s, p] or (stage2'[s, p] == unmapped and result == ok and slot_vm[s] == vm
    and slot_gfn(s, p) in Gfn(address >> PAGE_SHIFT) ..< Gfn((address + size) >> PAGE_SHIFT))

/// A range that is as wanted already is left alone; else the guest loses its mappings of the whole range.
property attributes_equal on set_memory_attributes :
  attributes_are(vm, address, size, attributes) implies result != ENOMEM and all s of Slot, p of Page : stage2'[s, p] == stage2[s, p]
property attributes_zap on set_memory_attributes :
  result == ok and not attributes_are(vm, address, size, attributes) implies all s of Slot, p of Page :
    slot_vm[s] == vm and p in slot_first[s] ..< slot_last[s]
    and slot_gfn(s, p) in Gfn(address >> PAGE_SHIFT) ..< Gfn((address + size) >> PAGE_SHIFT) implies stage2'[s, p] == unmapped

// ---- Descriptors
property gmem_args on create_guest_memfd :
  if vm == none then result == EINVAL
  else if not readable(ptr) then result == EFAULT
  else if flags & ~supported_flags(vm) != 0 or i64(size) < 1 or not page_aligned(size) then
    result == EINVAL or (result == EFAULT and faulty(injected))
  else result == ok or ((result == EFAULT or result == ENOMEM) and faulty(injected))
property gmem_made on create_guest_memfd : result == ok implies
  has(fd_inode'[fd]) and not live(fd_inode'[fd]!) and (live(proc) implies fd_open'[proc, fd]) and fd_vm'[fd] == none
  and inode_vm'[fd_inode'[fd]!] == vm and inode_flags'[fd_inode'[fd]!] == flags
  and u64(npages'[fd_inode'[fd]!]) << PAGE_SHIFT == size
  and all p of Page : (sharing'[fd_inode'[fd]!, p] == shared) == (flags & GUEST_MEMFD_FLAG_INIT_SHARED != 0)

property dup_args on dup : result == (if is_open(proc, fd) then ok else EBADF)
property dup_made on dup : result == ok implies
  fd_inode'[copy] == fd_inode[fd!] and fd_vm'[copy] == fd_vm[fd!] and fd_open'[proc, copy]
property close_args on close : result == (if is_open(proc, fd) then ok else EBADF)
property close_closes on close : all r of Process, f of Fd :
  fd_open'[r, f] == (fd_open[r, f] and not (result == ok and r == proc and f == fd!))
/// A file ends with its last reference, not before.
property close_releases on close : all i of Inode : live(i) and not live'(i) implies
  result == ok and fd_inode[fd!] == i and (all r of Process, f of Fd : fd_open'[r, f] implies fd_inode[f] != i)
  and all r of Process, m of Mapping, at of MapPage : vma[r, m, at] implies map_inode[m] != i
property close_keeps on close : result == ok and has(fd_inode[fd!]) and live'(fd_inode[fd!]!) implies
  (some r of Process, f of Fd : fd_open'[r, f] and fd_inode[f] == fd_inode[fd!])
  or some r of Process, m of Mapping, at of MapPage : vma[r, m, at] and map_inode[m] == fd_inode[fd!]
property fork_made on fork : result == ok and newest_child' == child and (all f of Fd : fd_open'[child, f] == fd_open[proc, f])
  and all m of Mapping, at of MapPage : vma'[child, m, at] == vma[proc, m, at]
    and (vma[proc, m, at] implies prot'[child, m, at] == prot[proc, m, at]) and not mapped'[child, m, file_page(m, at)]
property exit_frees on exit_process : (all f of Fd : not fd_open[proc, f]) and (all m of Mapping, at of MapPage : not vma[proc, m, at])
  and not live'(proc) and (has(newest_child') implies live'(newest_child'!))
  and all v of Vm : vm_process'[v] == (if vm_process[v] == proc then none else vm_process[v])
property fstat_args on fstat :
  result == (if not is_open(proc, fd) then EBADF else ok)
property fstat_tells on fstat : result == ok implies
  st_size == i_size(fd_inode[fd!]!) and st_blocks == 0 and st_mode == 0x8180 and st_nlink == 1
property file_calls_refused on file_call : result ==
  (if not is_open(proc, fd) then EBADF
   else if which == call_pread or which == call_pwrite or which == call_lseek then ESPIPE
   else if which == call_reopen then ENXIO
   else if which == call_getfd or which == call_getfl or which == call_fadvise then ok
   else EINVAL)
property file_flags on file_call : result == ok implies value == (if which == call_getfl then 0x8002 else 0)

// ---- Slots
property slot_args on set_user_memory_region2 : result != ok or (
  (with_gmem implies flags == KVM_MEM_GUEST_MEMFD) and (not with_gmem implies flags < 4) and slot < KVM_USER_MEM_SLOTS
  and page_aligned(size) and page_aligned(gpa) and page_aligned(hva_offset) and hva_word != hva_unaligned
  and gpa <= gpa + size and size >> PAGE_SHIFT <= KVM_MEM_MAX_NR_PAGES
  and (with_gmem implies page_aligned(gmem_offset) and gmem_offset <= gmem_offset + size))
property slot_errors on set_user_memory_region2 :
  (result == ENOMEM or result == EFAULT implies faulty(injected))
  and (result == ENOMEM implies if size == 0 then has(old) else all g in gfns : slot_at[vm, g] == none or slot_at[vm, g] == old)
  and (result == EEXIST implies some g in gfns : has(slot_at[vm, g]) and slot_at[vm, g] != old)
  and (result == EBADF implies with_gmem and old == none and size != 0 and not is_open(proc, if word == none then fd else none))
property slot_gone on set_user_memory_region2 : result == ok and size == 0 implies
  has(old) and slot_of'[vm, id] == none and not live'(old!) and (all g of Gfn : slot_at'[vm, g] != old)
  and all i of Inode, p of Page : bindings'[i, p] != old
property slot_made on set_user_memory_region2 : result == ok and size != 0 implies
  has(slot_of'[vm, id]) and (all g in gfns : slot_at'[vm, g] == slot_of'[vm, id])
  and slot_vm'[slot_of'[vm, id]!] == vm and slot_id'[slot_of'[vm, id]!] == id and slot_flags'[slot_of'[vm, id]!] == flags
  and slot_base'[slot_of'[vm, id]!] == gfns.lo and slot_end'[slot_of'[vm, id]!] == gfns.hi
  and slot_hva'[slot_of'[vm, id]!] == backing and slot_hva_first'[slot_of'[vm, id]!] == hva_first
  and slot_hva_word'[slot_of'[vm, id]!] == hva_word
property slot_bound on set_user_memory_region2 : result == ok and size != 0 and with_gmem implies
  old == none and has(fd_inode[fd!]) and inode_vm[fd_inode[fd!]!] == vm and slot_inode'[slot_of'[vm, id]!] == fd_inode[fd!]
  and slot_first'[slot_of'[vm, id]!] == pages.lo and slot_last'[slot_of'[vm, id]!] == pages.hi
  and slot_gmem_only'[slot_of'[vm, id]!] == (inode_flags[fd_inode[fd!]!] & GUEST_MEMFD_FLAG_MMAP != 0)
  and all p in pages : bindings[fd_inode[fd!]!, p] == none
/// A slot that stays may be moved, and its flags changed; nothing else of it.
property slot_changed on set_user_memory_region2 : result == ok and has(old) and size != 0 implies
  slot_of'[vm, id] == old and not with_gmem and slot_flags[old!] & KVM_MEM_GUEST_MEMFD == 0 and slot_npages(old!) == size >> PAGE_SHIFT
  and slot_hva[old!] == backing and slot_hva_first[old!] == hva_first and slot_hva_word[old!] == hva_word
property slot_may_change on set_user_memory_region2 : not faulty(injected) and size != 0 and has(old) and not with_gmem
    and flags == slot_flags[old!] and slot_flags[old!] & KVM_MEM_GUEST_MEMFD == 0 and gpa == u64(slot_base[old!]) << PAGE_SHIFT
    and size == slot_npages(old!) << PAGE_SHIFT and backing == slot_hva[old!] and hva_first == slot_hva_first[old!]
    and hva_word == slot_hva_word[old!] and page_aligned(hva_offset) and slot == u32(id) and id < SlotId(KVM_USER_MEM_SLOTS)
    and flags & ~(KVM_MEM_LOG_DIRTY_PAGES | KVM_MEM_READONLY) == 0 and size <= 1 << 27 and gpa < gpa + size and hva_word != hva_unaligned
    and slot_of[vm, id] == old
  implies result == ok
property slot_bindings_frame on set_user_memory_region2 : all i of Inode, p of Page : bindings'[i, p] == bindings[i, p]
  or (result == ok and (if size == 0 then bindings[i, p] == old else i == inode and p in pages))
/// For a VM without private memory a deletion drops all of the guest's mappings; those of other VMs always stay.
property slot_deletion_zaps on set_user_memory_region2 : result == ok and size == 0 implies
  (not has_private_mem(vm) implies (all t of Slot, p of Page : slot_vm[t] == vm implies stage2'[t, p] == unmapped)
    and all g of Gfn : not mmio_spte'[vm, g])
  and all t of Slot, p of Page : slot_vm[t] != vm implies stage2'[t, p] == stage2[t, p]
property slot_frame on set_user_memory_region2 : all v of Vm, g of Gfn :
  slot_at'[v, g] == slot_at[v, g] or (result == ok and v == vm and (g in gfns or slot_at[v, g] == old))

// ---- Mappings
property mmap_args on mmap : result == ENOMEM or result ==
  (if not page_aligned(offset) then EINVAL
   else if not is_open(proc, fd) then EBADF
   else if flags & MAP_HUGETLB != 0 or length == 0 then EINVAL
   else if fd_inode[fd!] != none and offset >> PAGE_SHIFT > (S_MAXBYTES - (n << PAGE_SHIFT)) >> PAGE_SHIFT then EOVERFLOW
   else if kind == 0 or kind > 3 then EINVAL
   else if kind == 3 and flags & MAP_SYNC != 0 then EOPNOTSUPP
   else if protection & PROT_EXEC != 0 then EPERM
   else if fd_inode[fd!] == none or inode_flags[fd_inode[fd!]!] & GUEST_MEMFD_FLAG_MMAP == 0 then ENODEV
   else if kind == MAP_PRIVATE then EINVAL
   else ok)
property mmap_no_memory on mmap : result == ENOMEM implies length > 1 << 40 or (faulty(injected) and protection & PROT_EXEC == 0)
property mmap_made on mmap : result == ok implies
  map_inode'[m] == fd_inode[fd!] and u64(map_first'[m]) << PAGE_SHIFT == offset and map_npages'[m] == MapPage((length - 1 >> PAGE_SHIFT) + 1)
  and all r of Process, at of MapPage : vma'[r, m, at] == (r == proc and at < map_npages'[m])
    and prot'[r, m, at] == (if vma'[r, m, at] then protection else 0)
property ordinary_made on ordinary_memory : size < 1 << 63 implies has(map_inode'[m]) and not live(map_inode'[m]!)
  and inode_vm'[map_inode'[m]!] == none and u64(map_npages'[m]) == size / PAGE_SIZE + (if page_aligned(size) then 0 else 1)
  and u64(npages'[map_inode'[m]!]) == u64(map_npages'[m])
  and all r of Process, at of MapPage : vma'[r, m, at] == (r == proc and live(proc) and at < map_npages'[m])
    and (vma'[r, m, at] implies prot'[r, m, at] == PROT_READ | PROT_WRITE) and (not vma'[r, m, at] implies prot'[r, m, at] == 0)
property munmap_slots on munmap : all s of Slot : slot_hva'[s] == (if live'(m) or slot_hva[s] != m then slot_hva[s] else none)
property munmap_args on munmap :
  result == (if not page_aligned(offset) or length == 0 or length > TASK_SIZE_MAX or offset > TASK_SIZE_MAX then EINVAL else ok)
property munmap_unmaps on munmap : all r of Process, q of Mapping, at of MapPage :
  vma'[r, q, at] == (vma[r, q, at] and not (result == ok and r == proc and q == m
    and at in MapPage(offset >> PAGE_SHIFT) ..< MapPage((offset + length + PAGE_SIZE - 1) >> PAGE_SHIFT)))
property munmap_zaps on munmap : all r of Process, q of Mapping, p of Page :
  (mapped'[r, q, p] implies mapped[r, q, p])
  and (result == ok and r == proc and q == m and p in pages implies not mapped'[r, q, p])
  and (mapped[r, q, p] and not mapped'[r, q, p] implies (r == proc and q == m and p in pages) or not live'(map_inode[q]!))
property mprotect_args on mprotect :
  result == (if protection >= 0x4000000 or protection & 0xfffff0 != 0 or protection >> 24 == 3 then EINVAL
             else if not vma[proc, m, at] then ENOMEM else if protection >> 24 != 0 then EINVAL
             else if protection & PROT_EXEC != 0 then EACCES else ok)
property mprotect_sets on mprotect : all r of Process, q of Mapping, a of MapPage :
  prot'[r, q, a] == (if result == ok and r == proc and q == m and a == at then protection else prot[r, q, a])

// ---- fallocate
property fallocate_args on fallocate :
  result == EINTR or result == ENOMEM or result ==
  (if not is_open(proc, fd) then EBADF
   else if fd_inode[fd!] == none then ENODEV
   else if offset < 0 or length < 1 then EINVAL
   else if mode != FALLOC_FL_KEEP_SIZE and mode != FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE and offset <= offset + length then EOPNOTSUPP
   else if offset > offset + length then
     (if mode & ~FALLOC_FL_KEEP_SIZE == FALLOC_FL_ZERO_RANGE or mode == 0 or mode == FALLOC_FL_KEEP_SIZE
        or mode == FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE or mode == FALLOC_FL_COLLAPSE_RANGE or mode == FALLOC_FL_INSERT_RANGE
        or mode & ~FALLOC_FL_KEEP_SIZE == FALLOC_FL_UNSHARE_RANGE or mode == FALLOC_FL_WRITE_ZEROES then EFBIG else EOPNOTSUPP)
   else if not page_aligned(u64(offset)) or not page_aligned(u64(length)) then EINVAL
   else if mode == FALLOC_FL_KEEP_SIZE and u64(offset + length) > i_size(fd_inode[fd!]!) then EINVAL
   else ok)
property fallocate_stopped on fallocate : result == EINTR or result == ENOMEM implies
  mode == FALLOC_FL_KEEP_SIZE and u64(offset + length) <= i_size(fd_inode[fd!]!) and (result == ENOMEM implies faulty(injected))
property allocate_frame on fallocate : all i of Inode, p of Page : cached'[i, p] implies cached[i, p]
  or (result == ok and mode == FALLOC_FL_KEEP_SIZE and fd_inode[fd!] == i
    and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT))
/// Only an allocation that was stopped leaves pages of which nobody knows.
property partly_frame on fallocate : all i of Inode, p of Page : partly_filled'[i, p] implies partly_filled[i, p]
  or ((result == EINTR or result == ENOMEM) and fd_inode[fd!] == i
    and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT))
property partly_ends on fallocate : result == ok implies
  all p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT) :
    p < npages[fd_inode[fd!]!] implies not partly_filled'[fd_inode[fd!]!, p]
property partly_kept on fallocate : all i of Inode, p of Page : partly_filled[i, p] and not partly_filled'[i, p] implies
  fd_inode[fd!] == i and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT)
/// What an allocation leaves, all of it; and it drops nothing.
property allocated on fallocate : mode == FALLOC_FL_KEEP_SIZE implies
  (all i of Inode, p of Page : cached[i, p] implies cached'[i, p])
  and (result == ok implies all p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT) : cached'[fd_inode[fd!]!, p])
property allocate_keeps on fallocate : mode == FALLOC_FL_KEEP_SIZE implies
  (all i of Inode, p of Page : content'[i, p, 0] == content[i, p, 0])
  and (all r of Process, m of Mapping, p of Page : mapped'[r, m, p] == mapped[r, m, p])
  and all s of Slot, p of Page : stage2'[s, p] == stage2[s, p]
/// Nobody sees anything of a page that was punched, and nothing but that is lost.
property punched on fallocate : result == ok and mode == FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE implies
  all p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT) : p < npages[fd_inode[fd!]!] implies
    not cached'[fd_inode[fd!]!, p] and content'[fd_inode[fd!]!, p, 0] == 0
    and (all s of Slot : slot_inode[s] == fd_inode[fd!] implies stage2'[s, p] == unmapped)
    and all k of Pin : pin_inode[k] == fd_inode[fd!] and hold[k, p] == holds implies
      hold'[k, p] == orphan and orphan_byte'[k, p] == content[fd_inode[fd!]!, p, 0]
property punch_frame_content on fallocate : all i of Inode, p of Page :
  content'[i, p, 0] == content[i, p, 0] or (fd_inode[fd!] == i and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT))
property punch_frame_maps on fallocate : all r of Process, m of Mapping, p of Page :
  mapped'[r, m, p] == mapped[r, m, p]
  or (fd_inode[fd!] == map_inode[m] and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT))
property punch_frame_guest on fallocate : all s of Slot, p of Page :
  stage2'[s, p] == stage2[s, p]
  or (fd_inode[fd!] == slot_inode[s] and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT))
property punch_frame_pins on fallocate : all k of Pin, p of Page :
  hold'[k, p] == hold[k, p]
  or (fd_inode[fd!] == pin_inode[k] and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT))

// ---- Accesses of the host
property load_ends on host_read :
  sig == (if not vma[proc, m, at] or not prot_allows(prot[proc, m, at], false) then SIGSEGV
          else if host_reaches(proc, m, at, load) then no_signal else SIGBUS)
  and (si_code == 1) == not vma[proc, m, at] and (si_code == none) == (sig == no_signal)
property load_value on host_read :
  if sig == no_signal then value == content[map_inode[m]!, file_page(m, at), byte] else value == none
property store_ends on host_write :
  sig == (if not vma[proc, m, at] or not prot_allows(prot[proc, m, at], true) then SIGSEGV
          else if host_reaches(proc, m, at, store) then no_signal else SIGBUS)
  and (si_code == 1) == not vma[proc, m, at] and (si_code == none) == (sig == no_signal)
property store_writes on host_write : all i of Inode, p of Page, b of u12 :
  content'[i, p, b] == (if sig == no_signal and i == map_inode[m]! and p == file_page(m, at) and b == byte then value else content[i, p, b])
/// A fault brings in its own page, and no other.
property load_maps on host_read : all r of Process, q of Mapping, p of Page :
  mapped'[r, q, p] == (mapped[r, q, p] or (sig == no_signal and r == proc and q == m and p == file_page(m, at)))
property store_maps on host_write : all r of Process, q of Mapping, p of Page :
  mapped'[r, q, p] == (mapped[r, q, p] or (sig == no_signal and r == proc and q == m and p == file_page(m, at)))
property load_fills on host_read : all i of Inode, p of Page :
  cached'[i, p] == (cached[i, p] or (sig == no_signal and i == map_inode[m]! and p == file_page(m, at)))
property pagemap_tells on pagemap :
  present == (vma[proc, m, at] and mapped[proc, m, file_page(m, at)])
  and pfn == (if present then frame[map_inode[m]!, file_page(m, at)] else 0)

// ---- Accesses of the kernel
property kernel_read_ends on kernel_read :
  result == (if host_reaches(proc, m, at, if path == copy_user then load else if path == remote_vm then gup_read else forced_read) then ok
             else if path == proc_mem then EIO else EFAULT)
property kernel_write_ends on kernel_write :
  (result == ok implies vma[proc, m, at] and prot_allows(prot[proc, m, at], true))
  and (result == EIO implies path == proc_mem) and (result == EFAULT implies path != proc_mem)
property kernel_write_frame on kernel_write : all i of Inode, p of Page, b of u12 :
  content'[i, p, b] == content[i, p, b] or (result == ok and i == map_inode[m]! and p == file_page(m, at) and b == 0)
property mlock_ends on mlock : result == (if host_reaches(proc, m, at, load) then ok else ENOMEM)
property munlock_ends on munlock : result == (if vma[proc, m, at] then ok else ENOMEM)
property msync_ends on msync : result == (if vma[proc, m, at] then EINVAL else ENOMEM)
property mincore_ends on mincore : result == (if vma[proc, m, at] then ok else ENOMEM)
property mincore_tells on mincore : result == ok implies
  resident == uptodate[map_inode[m]!, file_page(m, at)]
property advice_args on madvise : u64(file_page(m, at)) << PAGE_SHIFT < S_MAXBYTES - PAGE_SIZE implies result ==
  (if (advice == MADV_MERGEABLE or advice == MADV_UNMERGEABLE) and not ksm then EINVAL
   else if advice in 5 ..< 8 or advice == 18 or advice > MADV_DONTNEED_LOCKED then EINVAL
   else if not vma[proc, m, at] then ENOMEM
   else if advice == MADV_FREE then EINVAL
   else if locked[proc, m, at] and (advice == MADV_DONTNEED or advice == MADV_REMOVE or advice == MADV_COLD or advice == MADV_PAGEOUT)
     then EINVAL
   else if advice == MADV_POPULATE_READ or advice == MADV_POPULATE_WRITE then
     (if result == ok then ok
      else if prot[proc, m, at] & (if advice == MADV_POPULATE_READ then PROT_READ else PROT_WRITE) == 0 then EINVAL else EFAULT)
   else ok)
property advice_populates on madvise : advice == MADV_POPULATE_READ or advice == MADV_POPULATE_WRITE implies
  (result == ok) == host_reaches(proc, m, at, if advice == MADV_POPULATE_WRITE then store else gup_read)
property advice_keeps on madvise : advice != MADV_REMOVE implies
  all i of Inode, q of Page : content'[i, q, 0] == content[i, q, 0] and (cached[i, q] implies cached'[i, q])
property advice_keeps_maps on madvise :
  not (drops_entries(advice) or advice == MADV_PAGEOUT or advice == MADV_REMOVE) implies
    all r of Process, x of Mapping, q of Page : mapped[r, x, q] implies mapped'[r, x, q]
property advice_drops on madvise :
  (result == ok and drops_entries(advice) implies not mapped'[proc, m, file_page(m, at)])
  and (result == ok and advice == MADV_REMOVE and file_page(m, at) < npages[map_inode[m]!]
    implies not cached'[map_inode[m]!, file_page(m, at)])
  and (result == ok and (advice == MADV_POPULATE_READ or advice == MADV_POPULATE_WRITE) implies mapped'[proc, m, file_page(m, at)])
property advice_frame on madvise : all r of Process, x of Mapping, q of Page : mapped'[r, x, q] == mapped[r, x, q]
  or (q == file_page(m, at) and map_inode[x] == map_inode[m])

// ---- References
property pin_args on pin : result == (if n == 0 or host_reaches(proc, m, at, gup_fast) then ok else EFAULT)
  or (result == ENOMEM and faulty(injected)) or at + MapPage(n) <= at
property pin_takes on pin : result == ok and n > 0 implies
  pin_inode'[k] == map_inode[m] and bytes > 0 and page_aligned(bytes) and bytes >> PAGE_SHIFT <= n
  and all a in at ..< at + MapPage(bytes >> PAGE_SHIFT) : host_reaches(proc, m, a, gup_fast) and hold'[k, file_page(m, a)] == holds
property pin_is_short on pin : result == ok and bytes >> PAGE_SHIFT < n and n < 1 << 52 implies
  not host_reaches(proc, m, at + MapPage(bytes >> PAGE_SHIFT), gup_read)
property pin_takes_no_more on pin : result == ok and folio_order == 0 implies all q of Page :
  hold'[k, q] == (if q in file_page(m, at) ..< file_page(m, at) + Page(bytes >> PAGE_SHIFT) then holds else absent)
property pin_byte_tells on pin_byte : result == ok implies
  byte == (if hold[k, pin_first[k] + Page(nth)] == orphan then orphan_byte[k, pin_first[k] + Page(nth)]
           else content[pin_inode[k]!, pin_first[k] + Page(nth), 0])
property pin_byte_args on pin_byte :
  result == (if not live(k) then EBADF
             else if Page(nth) < pin_end[k] - pin_first[k] and nth < 1 << 52 and hold[k, pin_first[k] + Page(nth)] != absent then ok else EAGAIN)
property drain_args on pin_drain : result == (if live(k) then ok else EBADF)
property drained on pin_drain : result == ok implies bytes == u64(pin_end[k] - pin_first[k]) << PAGE_SHIFT and pin_end'[k] == pin_first'[k]
  and all p of Page : hold'[k, p] == absent
property unpin_args on unpin : result == (if live(k) then ok else EBADF) and not live'(k) and ring_buffers' != k
property buffers_args on io_uring_register_buffers :
  (has(ring_buffers) implies result == EBUSY) and (result == EBUSY implies has(ring_buffers))
  and (result == ok implies n > 0 and all a in at ..< at + MapPage(n) : host_reaches(proc, m, a, store))
property buffers_held on io_uring_register_buffers : result == ok implies has(ring_buffers') and pin_inode'[ring_buffers'!] == map_inode[m]
  and all a in at ..< at + MapPage(n) : hold'[ring_buffers'!, file_page(m, a)] == holds
property buffers_freed on io_uring_unregister_buffers : (result == ok) == has(ring_buffers) and (result == ok or result == ENXIO)
  and ring_buffers' == none and (has(ring_buffers) implies not live'(ring_buffers!))

// ---- Accesses of the guest
fn gfn_of(gpa : u64) -> Gfn = Gfn(gpa >> PAGE_SHIFT)
/// How an access ends is decided by the slot and by what the attributes say of the gfn.
property guest_ends on guest_read : result != ENOMEM implies
  (end == mmio) == (slot_at[vm, gfn_of(gpa)] == none and not gfn_private(vm, gfn_of(gpa)))
  and (end == memory_fault) == (if gfn_private(vm, gfn_of(gpa))
    then not has_private_mem(vm) or slot_at[vm, gfn_of(gpa)] == none or slot_inode[slot_at[vm, gfn_of(gpa)]!] == none
    else has(slot_at[vm, gfn_of(gpa)]) and slot_flags[slot_at[vm, gfn_of(gpa)]!] & KVM_MEM_GUEST_MEMFD != 0
      and slot_gmem_only[slot_at[vm, gfn_of(gpa)]!] and slot_inode[slot_at[vm, gfn_of(gpa)]!] == none)
  and (end == memory_fault implies
    (fault_flags == KVM_MEMORY_EXIT_FLAG_PRIVATE) == (gfn_private(vm, gfn_of(gpa)) and has_private_mem(vm)))
/// What the guest reads of a slot whose accesses all go through the guest_memfd.
property guest_load_value on guest_read :
  (end == mmio implies value == 0) and has(value) == (end == completed or end == mmio)
  and (end == completed and has(slot_inode[slot_at[vm, gfn_of(gpa)]!]) and slot_gmem_only[slot_at[vm, gfn_of(gpa)]!]
    implies value == content[slot_inode[slot_at[vm, gfn_of(gpa)]!]!, slot_page(slot_at[vm, gfn_of(gpa)]!, gfn_of(gpa)), u12(gpa)])
/// What it reads of any other slot while the attributes say shared.
property guest_load_hva on guest_read :
  end == completed and not gfn_private(vm, gfn_of(gpa)) and not slot_gmem_only[slot_at[vm, gfn_of(gpa)]!]
    implies value == content[map_inode[slot_hva[slot_at[vm, gfn_of(gpa)]!]!]!, file_page(slot_hva[slot_at[vm, gfn_of(gpa)]!]!,
      slot_hva_first[slot_at[vm, gfn_of(gpa)]!] + MapPage(u64(gfn_of(gpa) - slot_base[slot_at[vm, gfn_of(gpa)]!]))), u12(gpa)]
property guest_load_exit on guest_read :
  (result == ok) == (end == completed or end == mmio)
  and (end == memory_fault implies result == EFAULT and fault_gpa == gpa & ~(PAGE_SIZE - 1) and fault_size == PAGE_SIZE
    and (fault_flags == 0 or fault_flags == KVM_MEMORY_EXIT_FLAG_PRIVATE))
  and (end == mmio implies mmio_gpa == gpa and mmio_write == false)
  and (end == other_exit implies (result == EFAULT and exit_reason == 0) or (result == ENOMEM and exit_reason == 65535 and faulty(injected)))
  and (end != memory_fault implies fault_flags == none and fault_gpa == none and fault_size == none)
  and (end != mmio implies mmio_gpa == none and mmio_write == none)
property guest_store_exit on guest_write :
  (result == ok) == (end == completed or end == mmio)
  and (end == memory_fault implies result == EFAULT and fault_gpa == gpa & ~(PAGE_SIZE - 1) and fault_size == PAGE_SIZE
    and (fault_flags == 0 or fault_flags == KVM_MEMORY_EXIT_FLAG_PRIVATE))
  and (end == mmio implies mmio_gpa == gpa and mmio_write == true)
  and (end == other_exit implies (result == EFAULT and exit_reason == 0) or (result == ENOMEM and exit_reason == 65535 and faulty(injected)))
  and (end != memory_fault implies fault_flags == none and fault_gpa == none and fault_size == none)
  and (end != mmio implies mmio_gpa == none and mmio_write == none)
property guest_load_keeps on guest_read : all i of Inode, p of Page : content'[i, p, 0] == content[i, p, 0]
property guest_store_frame on guest_write : all i of Inode, p of Page, b of u12 :
  content'[i, p, b] == content[i, p, b] or (end == completed and b == u12(gpa) and content'[i, p, b] == byte)
property guest_load_maps on guest_read : all s of Slot, p of Page : stage2'[s, p] == stage2[s, p]
  or (end == completed and slot_at[vm, gfn_of(gpa)] == s and p == slot_page(s, gfn_of(gpa)) and stage2'[s, p] != unmapped)
property guest_mmio_entry on guest_read :
  (end == mmio implies mmio_spte'[vm, gfn_of(gpa)]) and (end == completed implies not mmio_spte'[vm, gfn_of(gpa)])
property guest_store_maps on guest_write : end == completed and has(slot_inode[slot_at[vm, gfn_of(gpa)]!])
    and slot_gmem_only[slot_at[vm, gfn_of(gpa)]!] implies
  stage2'[slot_at[vm, gfn_of(gpa)]!, slot_page(slot_at[vm, gfn_of(gpa)]!, gfn_of(gpa))] != unmapped
  and cached'[slot_inode[slot_at[vm, gfn_of(gpa)]!]!, slot_page(slot_at[vm, gfn_of(gpa)]!, gfn_of(gpa))]

property prefault_args on pre_fault_memory : result == EFAULT or
  (if not page_aligned(gpa) or not page_aligned(size) or gpa + size <= gpa then result == EINVAL
   else if not tdp then result == EOPNOTSUPP
   else result == ok or (result == ENOENT and slot_at[vm, Gfn(gpa >> PAGE_SHIFT)] == none))
/// Success means progress, an error means none; what is left is what the struct says.
property prefault_progress on pre_fault_memory :
  gpa_out + size_out == gpa + size and (result == ok) == (gpa_out != gpa)
  and (result == ok implies gpa_out - gpa <= size and page_aligned(gpa_out)
    and all g in Gfn(gpa >> PAGE_SHIFT) ..< Gfn(gpa_out >> PAGE_SHIFT) : has(slot_at[vm, g]))
/// A page of guest_memfd that was done is there, and mapped.
property prefault_maps on pre_fault_memory : result == ok implies all s of Slot, p of Page :
  slot_vm[s] == vm and has(slot_inode[s]) and slot_gmem_only[s] and p in slot_first[s] ..< slot_last[s]
  and slot_gfn(s, p) in gfn_of(gpa) ..< gfn_of(gpa_out) implies stage2'[s, p] != unmapped
property prefault_drops_mmio on pre_fault_memory : result == ok implies all g in gfn_of(gpa) ..< gfn_of(gpa_out) : not mmio_spte'[vm, g]
property prefault_frame on pre_fault_memory : all s of Slot, p of Page : stage2'[s, p] == stage2[s, p]
  or (result == ok or result == EFAULT) and slot_vm[s] == vm and p in slot_first[s] ..< slot_last[s]
    and slot_gfn(s, p) in gfn_of(gpa) ..< gfn_of(gpa + size) and (result == ok implies slot_gfn(s, p) < gfn_of(gpa_out))
property prefault_fills_no_more on pre_fault_memory : all i of Inode, p of Page : cached'[i, p] implies cached[i, p]
  or (result == ok or result == EFAULT) and has(bindings[i, p]) and slot_vm[bindings[i, p]!] == vm
    and slot_gfn(bindings[i, p]!, p) in gfn_of(gpa) ..< gfn_of(gpa + size)
    and (result == ok implies slot_gfn(bindings[i, p]!, p) < gfn_of(gpa_out))
property prefault_hole on pre_fault_memory : result == ENOENT implies mmio_spte'[vm, gfn_of(gpa)]
property prefault_keeps on pre_fault_memory : all i of Inode, p of Page : (cached[i, p] implies cached'[i, p]) and content'[i, p, 0] == content[i, p, 0]

// ---- What can go wrong where nothing is wrong with the call
cover attributes_no_memory on set_memory_attributes : result == ENOMEM
cover gmem_no_memory on create_guest_memfd : result == ENOMEM
cover slot_no_memory on set_user_memory_region2 : result == ENOMEM and size != 0
cover slot_deletion_no_memory on set_user_memory_region2 : result == ENOMEM and size == 0
cover mmap_short_of_memory on mmap : result == ENOMEM and length <= TASK_SIZE_MAX
cover allocate_no_memory on fallocate : result == ENOMEM
cover allocate_interrupted on fallocate : result == EINTR
cover pin_no_memory on pin : result == ENOMEM
cover guest_no_memory on guest_read : result == ENOMEM
cover guest_no_memory_write on guest_write : result == ENOMEM
cover allocate_half on fallocate : result == EINTR and some i of Inode, p of Page : partly_filled'[i, p] and not partly_filled[i, p]
cover mmap_no_memory_first on mmap : result == ENOMEM and length <= TASK_SIZE_MAX and fd_inode[fd!] == none
cover pageout_reclaims on madvise : advice == MADV_PAGEOUT and mapped[proc, m, file_page(m, at)] and not mapped'[proc, m, file_page(m, at)]
cover copy_in_attributes on set_memory_attributes : result == EFAULT and readable(ptr) and flags != 0
cover copy_in_gmem on create_guest_memfd : result == EFAULT and readable(ptr) and flags & ~supported_flags(vm) != 0
cover copy_in_slot on set_user_memory_region2 : result == EFAULT and slot & 0xffff >= KVM_USER_MEM_SLOTS
cover copy_in_prefault on pre_fault_memory : result == EFAULT and not page_aligned(gpa)
cover copy_out_prefault on pre_fault_memory : result == EFAULT and some g of Gfn : mmio_spte'[vm, g] != mmio_spte[vm, g]
