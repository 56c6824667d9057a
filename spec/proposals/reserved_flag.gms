/// A flag in a field that was rejected when it was not zero: bit 0 of `flags` asks for the pages of the range to be zeroed.
spec reserved_flag extends inplace_v7
link "docs/review.md"

const CONVERT_ZERO : u64 = 1

in set_memory_attributes2 {
  replace bad_flags: fail EINVAL if flags & ~CONVERT_ZERO != 0
}

expect verdict "compatible"
expect finding "call-accepted" on set_memory_attributes2 "nobody can have passed a flag with success"
expect finding "constant-added" on CONVERT_ZERO
