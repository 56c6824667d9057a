// gmemspec compile %s
// return outside of a procedure
spec t

action go(x : u64) { return if x == 0 }
