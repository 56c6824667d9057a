// gmemspec compile %s
// an array with a default
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(v : [b : u8] = any) { for i in v { open(i) observes result = ok } }
