// gmemspec compile %s
// a bracket that closes another one
spec t
state size : u64
action grow(n : u64) {
  size = (size + n
}
