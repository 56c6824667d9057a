// gmemspec compile %s
// a named argument of a builtin
spec t

action go(n : u64) { fail EINVAL if min(a = n, b = 3) == 0 }
