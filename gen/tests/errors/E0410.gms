// gmemspec compile %s
// division of constants by zero; a variable divisor is fine
spec t

const A : u64 = 4 / 0
action go(x : u64) { fail EINVAL if 5 / x == A }
