// gmemspec compile %s
// a shift by the width or more
spec t

action go(x : u32) { fail EINVAL if x << 32 == 0 or x << 31 == 0 }
