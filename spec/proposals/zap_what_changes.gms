/// The guest's mappings are taken away only where a page is not as wanted yet.
spec zap_what_changes extends inplace_v7
link "docs/review.md"

in set_memory_attributes2 {
  replace zap_guest: step zap_guest {
    stage2[s, p] = unmapped for s of Slot, p in pages where slot_inode[s] == inode and sharing[inode, p] != want
  }
}
expect proved quiet_guest

expect verdict "equivalent for sequential callers; concurrent: unknown" "no call tells what the guest has mapped"
