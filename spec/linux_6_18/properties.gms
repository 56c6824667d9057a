// What the rules above guarantee. Lemmas exist for the proofs of the others: mostly that no state function leads to a handle that is gone.

// ---- No dangling handles
lemma fd_inode_live    : all f of Fd : has(fd_inode[f]) implies live(fd_inode[f]!)
lemma fd_vm_live       : all f of Fd : has(fd_vm[f]) implies live(fd_vm[f]!)
lemma fd_refers        : all r of Process, f of Fd : fd_open[r, f] implies has(fd_inode[f]) or has(fd_vm[f])
lemma inode_vm_live    : all i of Inode : has(inode_vm[i]) implies live(inode_vm[i]!)
lemma vm_process_live  : all v of Vm : has(vm_process[v]) implies live(vm_process[v]!)
lemma slot_vm_live     : all s of Slot : has(slot_vm[s]) implies live(slot_vm[s]!)
lemma slot_inode_live  : all s of Slot : has(slot_inode[s]) implies live(slot_inode[s]!)
lemma slot_hva_live    : all s of Slot : has(slot_hva[s]) implies live(slot_hva[s]!)
lemma map_inode_live   : all m of Mapping : has(map_inode[m]) implies live(map_inode[m]!)
/// The pages of a mapping do not wrap.
lemma map_extent       : all m of Mapping : map_first[m] <= file_page(m, map_npages[m])
lemma vma_inside       : all r of Process, m of Mapping, at of MapPage : vma[r, m, at] implies at < map_npages[m]
/// What is mapped is mapped from something: the file lives as long as a part of a mapping of it.
lemma vma_has_file     : all r of Process, m of Mapping, at of MapPage : vma[r, m, at] implies has(map_inode[m])
lemma pin_inode_live   : all k of Pin : has(pin_inode[k]) implies live(pin_inode[k]!)
lemma first_process_live : has(first_process) implies live(first_process!)
lemma newest_child_live : has(newest_child) implies live(newest_child!)
lemma ring_buffers_live : has(ring_buffers) implies live(ring_buffers!)

// ---- Slots and bindings
/// The gfns and the pages of a slot do not wrap: the sums below mean what they say.
lemma slot_extent : all s of Slot : slot_base[s] <= slot_end[s] and slot_first[s] <= slot_last[s]
/// As many pages as gfns: what is inside stays inside when it is translated.
lemma slot_translates : all s of Slot, g of Gfn :
  has(slot_inode[s]) and g in slot_base[s] ..< slot_end[s] implies slot_page(s, g) in slot_first[s] ..< slot_last[s]
/// slot_at and the slots' own extents agree.
lemma slot_at_agrees : all v of Vm, g of Gfn :
  has(slot_at[v, g]) implies live(slot_at[v, g]!) and slot_vm[slot_at[v, g]!] == v
    and g in slot_base[slot_at[v, g]!] ..< slot_end[slot_at[v, g]!]
lemma slot_at_covers : all s of Slot, g of Gfn :
  has(slot_vm[s]) and g in slot_base[s] ..< slot_end[s] implies slot_at[slot_vm[s]!, g] == s
lemma slot_of_agrees : all v of Vm, id of SlotId :
  has(slot_of[v, id]) implies live(slot_of[v, id]!) and slot_vm[slot_of[v, id]!] == v and slot_id[slot_of[v, id]!] == id
/// BindOK: a page that is bound is bound to a slot of this file that shows it. Bindings of one file are disjoint by their type.
invariant bindings_agree : all i of Inode, p of Page :
  has(bindings[i, p]) implies live(bindings[i, p]!) and slot_inode[bindings[i, p]!] == i
    and p in slot_first[bindings[i, p]!] ..< slot_last[bindings[i, p]!]
/// BindOK: a slot with a file has all its pages bound.
invariant slot_is_bound : all s of Slot, p of Page :
  has(slot_inode[s]) and p in slot_first[s] ..< slot_last[s] implies bindings[slot_inode[s]!, p] == s
/// BindOK: no page past the end of the file is bound.
invariant binding_inside [expect refuted "kvm_gmem_bind adds signed: an offset just below 2^63 passes the test of the size"] :
  all i of Inode, p of Page : has(bindings[i, p]) implies p < npages[i]
/// Slots of one VM show a gfn once, and know a file only with KVM_MEM_GUEST_MEMFD.
lemma gmem_flag : all s of Slot : has(slot_inode[s]) implies slot_flags[s] & KVM_MEM_GUEST_MEMFD != 0

// ---- The guest's mappings
lemma stage2_has_file : all s of Slot, p of Page : stage2[s, p] != unmapped implies has(slot_inode[s])
lemma stage2_in_slot  : all s of Slot, p of Page : stage2[s, p] != unmapped implies p in slot_first[s] ..< slot_last[s]
/// S2Match: what the guest has mapped is of the kind that the attributes say.
invariant s2_match_private : all s of Slot, p of Page : stage2[s, p] == maps_private implies page_private(s, p)
invariant s2_match_shared  : all s of Slot, p of Page :
  stage2[s, p] == maps_shared and has(slot_vm[s]) and has_private_mem(slot_vm[s]!) implies not page_private(s, p)
/// While a call keeps a page from being mapped, no vCPU has it mapped.
invariant window_is_unmapped : all c of Call, s of Slot, p of Page : window[c, s, p] implies stage2[s, p] == unmapped

/// What the guest has mapped is in the page cache.
invariant stage2_is_cached : all s of Slot, p of Page :
  stage2[s, p] != unmapped and p < npages[slot_inode[s]!] implies cached[slot_inode[s]!, p]

// ---- The host's mappings
lemma mapped_has_file : all r of Process, m of Mapping, p of Page : mapped[r, m, p] implies has(map_inode[m])
/// Page tables have entries only where something is mapped.
lemma mapped_in_vma : all r of Process, m of Mapping, p of Page : mapped[r, m, p] implies vma[r, m, MapPage(u64(p - map_first[m]))]
/// NoHostPriv: the host has no page-table entry of a private page.
invariant no_host_private : all r of Process, m of Mapping, p of Page :
  mapped[r, m, p] implies sharing[map_inode[m]!, p] == shared
invariant mapped_is_cached : all r of Process, m of Mapping, p of Page : mapped[r, m, p] implies cached[map_inode[m]!, p]
invariant mapped_inside    : all r of Process, m of Mapping, p of Page : mapped[r, m, p] implies p < npages[map_inode[m]!]

// ---- References
/// No folio reaches past the end of the file.
lemma held_inside : all k of Pin, p of Page : hold[k, p] == holds and has(pin_inode[k]) implies p < npages[pin_inode[k]!]
/// A live hold is on a folio of the page cache of a live file.
invariant held_is_cached : all k of Pin, p of Page : hold[k, p] == holds implies has(pin_inode[k]) and cached[pin_inode[k]!, p]
/// PinSafe, as a state: nobody outside the guest holds a private page.
invariant held_is_shared : all k of Pin, p of Page : hold[k, p] == holds implies sharing[pin_inode[k]!, p] == shared

// ---- Sharing and contents
/// In this version an inode is shared or private as a whole.
invariant whole_inode : all i of Inode, p of Page, q of Page : sharing[i, p] == sharing[i, q]
/// Fresh: a page that was not in the page cache is read as zeros.
invariant fresh : all i of Inode, p of Page : not cached[i, p] implies content[i, p, 0] == 0

/// Punching, allocating, binding, unbinding, closing: nothing changes the sharing of a page.
property sharing_kept on all : all i of Inode, p of Page : live'(i) implies sharing'[i, p] == sharing[i, p]
/// A call that fails leaves descriptors and slots as they were.
property slots_kept on set_user_memory_region2 : result != ok implies all v of Vm, g of Gfn : slot_at'[v, g] == slot_at[v, g]
/// Frame: only the pages of the hole leave the page cache.
property punch_frame on fallocate : all i of Inode, p of Page :
  cached[i, p] and not (fd_inode[fd!] == i and p in Page(u64(offset) >> PAGE_SHIFT) ..< Page(u64(offset + length) >> PAGE_SHIFT))
    implies cached'[i, p]
/// Determined: reading twice gives the same byte.
law reads_agree(proc : Process, m : Mapping, at : MapPage, byte : u12) {
  { let (first_sig, first_code, first_value) = host_read(proc, m, at, byte)
    let (second_sig, second_code, second_value) = host_read(proc, m, at, byte) }
  then first_sig == second_sig and first_code == second_code and first_value == second_value
}
/// A guest that asks twice is told the same.
law guest_reads_agree(vm : Vm, gpa : u64) {
  assume not assume_faults
  { let (end1, value1, _, _, _, _, _, _) = guest_read(vm, gpa, false)
    let (end2, value2, _, _, _, _, _, _) = guest_read(vm, gpa, false) }
  then end1 == end2 and value1 == value2
}
/// Allocating what is allocated changes nothing.
law allocate_twice(proc : Process, fd : Fd, offset : i64, length : i64) {
  { fallocate(proc, fd, FALLOC_FL_KEEP_SIZE, offset, length, false) -> ok
    fallocate(proc, fd, FALLOC_FL_KEEP_SIZE, offset, length, false) -> ok }
  same { fallocate(proc, fd, FALLOC_FL_KEEP_SIZE, offset, length, false) -> ok }
}

cover host_access on host_write : sig == no_signal
cover host_refused on host_write : sig == SIGBUS
cover hole_under_pin on fallocate : result == ok and some k of Pin, p of Page : hold[k, p] == holds and hold'[k, p] == orphan
cover guest_access on guest_write : end == completed
cover guest_mmio on guest_read : end == mmio
cover file_released on close : result == ok and has(fd_inode[fd!]) and not live'(fd_inode[fd!]!)
cover guest_after_release on guest_read : exit(memory_fault_exit)
cover slot_deleted on set_user_memory_region2 : exit(deleted)
