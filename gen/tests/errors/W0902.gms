// gmemspec compile %s
// declarations that nothing uses
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

const A : u64 = 1
const B : u64 = A
enum Mode { idle, busy }
domain File
index Page : u52
param strict : bool = false
quirk odd
lock big
struct User { readable : bool }
fn twice(x : u64) -> u64 = x + x
procedure check(x : u64) { fail EINVAL if x == 0 }
