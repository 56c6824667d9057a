// gmemspec compile %s
// a file that ends inside a declaration
spec t
state size : u64
const LIMIT : u64 =
