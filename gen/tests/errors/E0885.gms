// gmemspec compile %s
// a law with two ends
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

law l(x : u64) { { go(x) } same { go(x) } then n == 0 }
