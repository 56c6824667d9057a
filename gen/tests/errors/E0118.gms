// gmemspec compile %s
// operators of other languages
spec t
state size : u64
action grow(n : u64) {
  fail EINVAL if n == 0 || n > 9
  size += n
}
