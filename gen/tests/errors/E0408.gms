// gmemspec compile %s
// a value that cannot be none is asked whether it is
spec t

state n : u64
action go(m : u64?) {
  fail EINVAL if n == none
  fail EINVAL if n! == 0
  fail EINVAL if has(n)
  let x = n else fail EIO
  n = m! + x
}
