// gmemspec compile %s
// an argument is missing
spec t

action go(offset : u64, size : u64) { fail EINVAL if offset == size }
event e(errno : Errno) { go(offset = 1) observes result = errno }
