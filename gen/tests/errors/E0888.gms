// gmemspec compile %s
// a law without a call
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

law l(x : u64) { { } then n == x }
