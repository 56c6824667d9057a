// gmemspec compile %s
// a maker for a number
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(n : u64 else open(1)) { open(n) observes result = ok }
