/// A check in other words.
spec pure_rewrite extends inplace_v7
link "docs/review.md"

in set_memory_attributes2 {
  replace empty_range: fail EINVAL if wraps(offset, size) or size == 0
}

expect verdict "equivalent"
