// gmemspec compile %s
// agree without a second side
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

law l(x : u64) { { go(x) } agree n then n == 0 }
