// gmemspec compile %s
// A clause that can never fire, and one behind an exit without a condition.
spec order
const DEBUG : bool = false
state limit : u64 = 16
action check(n : u64) {
  off:    fail EPERM if DEBUG
  bad:    fail EINVAL if n == 0
  always: fail EIO
  large:  fail E2BIG if n > limit
}
action set(n : u64) { limit = n }
