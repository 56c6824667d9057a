// gmemspec compile %s
// any as an argument of a function
spec t

fn one(x : u64) -> u64 = x
action go() { fail EINVAL if one(any) == 0 }
