/// An errno less: allocating does not look for signals.
spec errno_narrowed extends inplace_v7
link "docs/review.md"

in fallocate_inode {
  drop signal
}

expect verdict "compatible"
expect finding "errno-narrowed" on fallocate "EINTR cannot come any more"
