// gmemspec compile %s
// statements after an exit without a condition
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

action stop(x : u64) {
  if x == 0 { fail EINVAL } else { succeed }
  never: fail EIO if x == 1
  n = 0
}
