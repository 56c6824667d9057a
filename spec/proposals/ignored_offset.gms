/// A use of a field that was ignored: deleting a slot does not look at guest_memfd_offset, and now it must be zero.
spec ignored_offset extends inplace_v7
link "docs/review.md"

in set_user_memory_region2 {
  before delete_none: offset_at_delete: fail EINVAL if gmem_offset != 0
}

expect verdict "break"
expect finding "call-refused" on set_user_memory_region2 "callers may have passed anything"
