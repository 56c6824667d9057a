// gmemspec compile %s
// state that nothing changes
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

state limit : u64 = 10
invariant i : n <= limit
