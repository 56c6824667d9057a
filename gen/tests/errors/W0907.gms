// gmemspec compile %s
// state that nothing reads
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

state last : u64
action stop(x : u64) { last = x }
