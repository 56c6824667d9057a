// How pages and files end.

/// truncate_inode_pages_range: the pages leave the page cache. Who holds a folio keeps it, with its byte; the index no longer leads to it.
procedure truncate(inode : Inode, gone : range Page) [trace, truncate_inode_pages_range] {
  for k of Pin, p in gone where pin_inode[k] == inode and hold[k, p] == holds {
    orphan_byte[k, p] = content[inode, p, 0]
    hold[k, p] = orphan
  }
  mapped[r, m, p] = false for r of Process, m of Mapping, p in gone where map_inode[m] == inode
  content[inode, gone, *] = 0
  frame[inode, gone] = any
  cached[inode, gone] = false
  partly_filled[inode, gone] = false
  uptodate[inode, gone] = false
}

/// kvm_gmem_invalidate_begin: the guest's mappings of these pages end, in every VM that has a slot of the file, and none is made until
/// kvm_gmem_invalidate_end.
procedure zap_guest(inode : Inode, pages : range Page) [source, kvm_gmem_invalidate_begin] {
  stage2[s, p] = unmapped for s of Slot, p in pages where slot_inode[s] == inode
  window[self, s, p] = true for s of Slot, p in pages where slot_inode[s] == inode
}

/// kvm_gmem_invalidate_end: faults that looked before have to look again.
procedure end_invalidation() [source, kvm_mmu_invalidate_end] {
  stale[c] = true for c of Call
  window[self, s, *] = false for s of Slot
  gfn_window[self, vm, *] = false for vm of Vm
}

/// fput: with the last reference the file is released and its inode evicted. The slots stay; they have no memory any more.
procedure put_file(inode : Inode) [trace, kvm_gmem_release] {
  return if file_referenced(inode)
  call truncate(inode, Page(0) ..< npages[inode])
  stage2[s, *] = unmapped for s of Slot where slot_inode[s] == inode
  stale[c] = true for c of Call
  slot_inode[s] = none for s of Slot where slot_inode[s] == inode
  fd_inode[f] = none for f of Fd where fd_inode[f] == inode
  map_inode[m] = none for m of Mapping where map_inode[m] == inode
  pin_inode[k] = none for k of Pin where pin_inode[k] == inode
  destroy inode
}
