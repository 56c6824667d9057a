// gmemspec compile %s
// numbers that are none
spec t
const A : u64 = 12ab
const B : u64 = 0x
const C : u64 = A + B
