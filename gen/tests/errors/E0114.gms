// gmemspec compile %s
// comparisons in a row
spec t
state size : u64
invariant between : 1 < size < 9
