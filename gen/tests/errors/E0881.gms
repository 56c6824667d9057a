// gmemspec compile %s
// result where no action ran
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

invariant i : result == ok
