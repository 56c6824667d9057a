// gmemspec compile %s
// a number beyond 64 bits
spec t
const LIMIT : u64 = 18446744073709551616
