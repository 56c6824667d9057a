// gmemspec compile %s
// a result that the action never has
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

law l(x : u64) { { go(x) -> EAGAIN } then n == 0 }
law m(x : u64) { { go(x) -> EBUSY } then n == 0 }
