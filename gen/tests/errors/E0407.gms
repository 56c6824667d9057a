// gmemspec compile %s
// a constant beyond 64 bits
spec t

const A : u64 = 0xffffffffffffffff * 2
const B : u64 = 0xffffffffffffffff + 0
invariant i : A == B
