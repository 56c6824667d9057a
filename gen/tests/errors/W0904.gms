// gmemspec compile %s
// outputs that a success leaves without a value; failures may
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

action get(x : u64) returns (a : u64, b : u64) {
  fail EINVAL if x == 0
  early: succeed with a = 1 if x == 1
  if x == 2 { b = 1 }
  a = 2
}
action set(inout x : u64) { fail EINVAL if x == n }
