// gmemspec compile %s
// a condition that is false for every caller
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

const DEBUG : bool = false
action stop() { off: fail EPERM if DEBUG and 1 > 2  n = 0 }
