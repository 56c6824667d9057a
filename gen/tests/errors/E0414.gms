// gmemspec compile %s
// too many or too few arguments
spec t

fn add(a : u64, b : u64) -> u64 = a + b
action go(x : u64) { fail EINVAL if add(x, x, x) == min(x) }
