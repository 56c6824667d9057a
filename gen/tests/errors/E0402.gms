// gmemspec compile %s
// literals that do not fit; -1 of an unsigned type has its own hint
spec t

state small : u8
action go(x : u32) {
  small = 256
  small = 255
  fail EINVAL if x == -1 or x == ~0 or x & ~7 == 0
}
