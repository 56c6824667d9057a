// gmemspec compile %s
// a law that demands nothing
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

law l(x : u64) { { go(x) } }
