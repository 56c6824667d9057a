// gmemspec compile %s
// an unknown function, with the likely one
spec t

fn double(x : u64) -> u64 = 2 * x
action go(x : u64) { fail EINVAL if duoble(x) == double(4) }
