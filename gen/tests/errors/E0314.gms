// gmemspec compile %s
// a declaration that takes a built-in name
spec t

const EINVAL : u64 = 22
fn len(x : u64) -> u64 = x
domain u8
enum Errno { none_of_them }
