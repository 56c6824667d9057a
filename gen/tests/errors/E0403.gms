// gmemspec compile %s
// an operator that does not take the operand
spec t

domain File
action go(f : File, b : bool, n : u64) {
  fail EINVAL if -b == b
  fail EINVAL if live(n)
  destroy n
  destroy f
}
