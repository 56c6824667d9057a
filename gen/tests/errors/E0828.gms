// gmemspec compile %s
// an output that is a parameter already
spec t

action go(x : u64) returns (x : u64) { fail EINVAL if x == 0 }
