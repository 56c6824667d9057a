/// The lock is released between the scan for references and the store: alone a call does the same.
spec unlocked_store extends inplace_v7
link "docs/review.md"

in set_memory_attributes2 {
  before zap_guest: release invalidate_lock[inode]
  after zap_guest: acquire exclusive invalidate_lock[inode]
}

expect verdict "equivalent for sequential callers; concurrent: unknown" "and must not pass as equivalent"
