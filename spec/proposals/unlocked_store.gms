/// The lock is released between the scan for references and the store: alone a call does the same, among others it is unsafe.
spec unlocked_store extends inplace_v7
link "docs/review.md"

in set_memory_attributes2 {
  before zap_guest: release invalidate_lock[inode]
  after zap_guest: acquire exclusive invalidate_lock[inode]
}

expect verdict "break"
expect finding "overlap-breaks-property" on no_host_private "a fault between the scan and the store maps a page that becomes private"
expect finding "overlap-breaks-property" on held_is_shared "and a pin takes one"
