// gmemspec compile %s
// a condition of its own after let .. else
spec t

action go(x : u64?) { let y = x else fail EINVAL if true  fail EPERM if y == 0 }
