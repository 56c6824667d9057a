// gmemspec compile %s
// a kind of evidence that does not exist
spec t
state size : u64
action grow(n : u64) {
  no_size [rumour]: fail EINVAL if n == 0
  size = size + n
}
