// gmemspec compile %s
// a bracket that is never closed
spec t
state size : u64
action grow(n : u64) {
  if n > size {
    size = n
}
