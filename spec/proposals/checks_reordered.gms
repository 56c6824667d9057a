/// Two checks reordered: whether the descriptor is one of a guest_memfd is asked after the struct was copied.
spec checks_reordered extends inplace_v7
link "docs/review.md"

in set_memory_attributes2 {
  swap not_gmem, copy_in
}

expect verdict "risk"
expect finding "errno-changed" on set_memory_attributes2 "with two mistakes at once the other one is reported"
