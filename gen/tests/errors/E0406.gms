// gmemspec compile %s
// literals and none that nothing gives a type
spec t

action go(n : u8) {
  let a = 3
  let b = none
  fail EINVAL if 1 << n == 4
  fail EINVAL if all p in 0 ..< 4 : true
  let c = u64(3)
  fail EPERM if c == a or b == none
}
