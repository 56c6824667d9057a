// gmemspec compile %s
// one parameter given by position and by name
spec t

fn add(a : u64, b : u64) -> u64 = a + b
action go(x : u64) { fail EINVAL if add(x, a = x) == 0 }
