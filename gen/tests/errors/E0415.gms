// gmemspec compile %s
// an argument for a parameter that does not exist
spec t

action go(offset : u64) { fail EINVAL if offset == 0 }
event e(off : u64, errno : Errno) { go(ofset = off) observes result = errno }
