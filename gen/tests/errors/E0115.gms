// gmemspec compile %s
// evidence for what is no check
spec t
state size : u64
action grow(n : u64) {
  no_size [source, check_size]: fail EINVAL if n == 0
  store [trace]: size = size + n
}
