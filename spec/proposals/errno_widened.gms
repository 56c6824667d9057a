/// An errno more: a conversion may be interrupted before it changes anything.
spec errno_widened extends inplace_v7
link "docs/review.md"

in set_memory_attributes2 {
  after equal: interrupted: may fail EINTR
}

expect verdict "break"
expect finding "errno-widened" on set_memory_attributes2 "a call that could not fail can now"
