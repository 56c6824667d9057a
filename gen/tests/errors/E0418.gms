// gmemspec compile %s
// values that must be constant
spec t

param strict : bool = false
const A : bool = strict
fn one() -> u64 = 1
state n : u64 = one()
action go() { fail EINVAL if n == 1 and A  n = 2 }
