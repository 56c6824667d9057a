// gmemspec compile %s
// names that hide others; a field of an event may
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

action stop(n : u64, x : u64) {
  fail EINVAL if n == 0 and some x of bool : x
  fail EINVAL if x == 0
}
event e(n : u64) { go(n) observes result = ok }
