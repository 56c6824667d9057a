// gmemspec compile %s
// types that these declarations cannot have
spec t

domain File
index Page : File
param f : File = 0
const H : u64? = none
flags Bits : i32 { ONE = 1 }
fn r(n : u64) -> range Page = 0 ..< Page(n)
