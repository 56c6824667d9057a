// gmemspec compile %s
// quantifiers over what cannot be enumerated; a small integer can
spec t

action go(n : u64) {
  fail EINVAL if some x of u64 : x == n
  fail EINVAL if some x in n ..< 8 : true
  fail EPERM if some x of u8 : x == 3
}
