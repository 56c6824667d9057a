// gmemspec compile %s
// a label on a let that cannot leave
spec t

action go(x : u64) { lost: let y = x  fail EINVAL if y == 0 }
