// gmemspec compile %s
// functions and constants that need themselves
spec t

const A : u64 = B + 1
const B : u64 = A
fn even(x : u64) -> bool = x == 0 or odd(x - 1)
fn odd(x : u64) -> bool = x == 1 or even(x - 1)
procedure loop(x : u64) { call loop(x) }
