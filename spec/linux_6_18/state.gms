// The state functions. What is not listed is not modelled: time, NUMA policy, memory pressure, the contents of page tables' upper levels.

// ---- Processes and descriptors
/// The process that made the first VM: the one whose calls a trace shows.
state first_process : Process?
/// Its forked child.
state newest_child : Process?
state fd_open  : [Process, Fd] -> bool
state fd_inode : [Fd] -> Inode?
state fd_vm    : [Fd] -> Vm?

// ---- Virtual machines and slots
/// The VM whose vCPU a guest access of a trace runs on.
state newest_vm  : Vm?
state vm_type    : [Vm] -> u32
/// kvm->mm: userspace_addr is an address in this process.
state vm_process : [Vm] -> Process?
/// kvm->mem_attr_array: KVM_MEMORY_ATTRIBUTE_PRIVATE of each gfn, if attributes belong to the VM.
state vm_private : [Vm, Gfn] -> bool
/// An MMIO entry is left in the page tables. Decides nothing unless the quirk stale_mmio is on.
state mmio_spte  : [Vm, Gfn] -> bool
state slot_of    : [Vm, SlotId] -> Slot?
/// Inverse of slot_base and slot_end.
state slot_at    : [Vm, Gfn] -> Slot?
state slot_vm    : [Slot] -> Vm?
state slot_id    : [Slot] -> SlotId
/// The slot shows the gfns slot_base ..< slot_end.
state slot_base  : [Slot] -> Gfn
state slot_end   : [Slot] -> Gfn
state slot_flags : [Slot] -> u32
/// slot->gmem.file: none without KVM_MEM_GUEST_MEMFD, and after the file's release.
state slot_inode : [Slot] -> Inode?
/// slot->gmem.pgoff: with a file, the slot shows its pages slot_first ..< slot_last.
state slot_first : [Slot] -> Page
state slot_last  : [Slot] -> Page
/// KVM_MEMSLOT_GMEM_ONLY: shared accesses go through guest_memfd as well.
state slot_gmem_only : [Slot] -> bool
state slot_hva       : [Slot] -> Mapping?
state slot_hva_first : [Slot] -> MapPage
state slot_hva_word  : [Slot] -> HvaWord?
/// By slot and page of its inode. Pages that came through userspace_addr are not listed.
state stage2     : [Slot, Page] -> Stage2

// ---- Inodes
/// The VM a guest_memfd belongs to; none: ordinary memory.
state inode_vm    : [Inode] -> Vm?
state inode_flags : [Inode] -> u64
/// i_size in pages
state npages      : [Inode] -> Page
/// gmem->bindings
state bindings    : [Inode, Page] -> Slot?
/// What a host fault asks. In this version a constant of the inode.
state sharing     : [Inode, Page] -> Sharing
/// A folio is in the page cache. Where an allocation was stopped: if not here, see partly_filled.
state cached      : [Inode, Page] -> bool
/// An allocation that was stopped left a folio here: nobody is told.
state partly_filled : [Inode, Page] -> bool
/// PG_uptodate: somebody has used the folio. One that only fallocate made is not, and mincore does not count it.
state uptodate : [Inode, Page] -> bool
/// Bytes. Of a page without a folio: zeros, which is what the folio that will fill it is made to hold first.
state content     : [Inode, Page, u12] -> u8
/// The page frame of the folio that is there, or of the one that will be: unknown until the page tables show it.
state frame       : [Inode, Page] -> u64

// ---- Mappings
state map_inode  : [Mapping] -> Inode?
/// vma->vm_pgoff
state map_first  : [Mapping] -> Page
state map_npages : [Mapping] -> MapPage
/// The address is part of the process's address space.
state vma        : [Process, Mapping, MapPage] -> bool
state prot       : [Process, Mapping, MapPage] -> u32
/// VM_LOCKED: some advice is refused then.
state locked     : [Process, Mapping, MapPage] -> bool
/// A host page-table entry exists. By page of the inode, so that a zap of the inode's pages is a range.
state mapped     : [Process, Mapping, Page] -> bool

// ---- References
state pin_inode : [Pin] -> Inode?
/// The pages pinned first ..< end; which of them are still held says `hold`.
state pin_first : [Pin] -> Page
state pin_end   : [Pin] -> Page
state hold      : [Pin, Page] -> Hold
/// Byte 0 of a page that the page cache has lost and the pin keeps.
state orphan_byte : [Pin, Page] -> u8
/// The buffers registered with the io_uring.
state ring_buffers : Pin?

// ---- Locks: kvm->slots_lock, mapping->invalidate_lock, mm->mmap_lock (as a fault sees it: also a VMA's own)
lock slots_lock : [Vm]
rw lock invalidate_lock : [Inode]
rw lock mmap_lock : [Process]

// ---- Calls in flight: what others can see of one. It ends with the call.
/// fdget: the file stays while a call uses it.
state file_ref  : [Call, Inode] -> bool
/// A host's fault has found the folio, locked it and taken a reference, which becomes that of the page-table entry.
state fault_ref : [Call, Inode, Page] -> bool
/// A vCPU has found the slot and is still inside of kvm->srcu: synchronize_srcu waits for it.
state slot_ref  : [Call, Slot] -> bool
/// kvm->mmu_invalidate_in_progress with its range: nobody may map these pages of the slot for a guest.
state window    : [Call, Slot, Page] -> bool
/// The same by gfn, for all of them.
state gfn_window : [Call, Vm, Gfn] -> bool
/// kvm->mmu_invalidate_seq may have moved since the guest's fault looked at it. Not by VM: to start again is always allowed.
state stale     : [Call] -> bool

// ---- Derived
fn i_size(i : Inode) -> u64 = u64(npages[i]) << PAGE_SHIFT
fn file_page(m : Mapping, at : MapPage) -> Page = map_first[m] + Page(u64(at))
/// slot->npages
fn slot_npages(s : Slot) -> u64 = u64(slot_end[s] - slot_base[s])
fn slot_page(s : Slot, g : Gfn) -> Page = slot_first[s] + Page(u64(g - slot_base[s]))
fn slot_gfn(s : Slot, p : Page) -> Gfn = slot_base[s] + Gfn(u64(p - slot_first[s]))
fn folio_start(p : Page) -> Page = Page(u64(p) >> folio_order << folio_order)
fn folio_end(p : Page) -> Page = Page((u64(p) + (1 << folio_order) - 1) >> folio_order << folio_order)

/// kvm_arch_has_private_mem, on x86 without SNP and TDX
fn has_private_mem(vm : Vm) -> bool = vm_type[vm] == KVM_X86_SW_PROTECTED_VM
/// A descriptor or a part of a mapping refers to the file.
fn file_referenced(i : Inode) -> bool =
  (some r of Process, f of Fd : fd_open[r, f] and fd_inode[f] == i)
  or (some r of Process, m of Mapping, at of MapPage : vma[r, m, at] and map_inode[m] == i)
  or (some c of Call : file_ref[c, i])
/// The descriptor is open in the process.
fn is_open(proc : Process, fd : Fd?) -> bool = has(fd) and fd_open[proc, fd!]
