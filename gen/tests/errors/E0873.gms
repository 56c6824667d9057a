// gmemspec compile %s
// a condition on what a log may lack
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(n : u64 = any, m : u64) { if n == 0 { open(m) observes result = ok } }
