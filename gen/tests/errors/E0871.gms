// gmemspec compile %s
// one output observed twice without a condition
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(n : u64, a : Errno, b : Errno) { open(n) observes result = a, result = b }
event e2(n : u64, a : Errno, b : Errno) { open(n) observes result = a if n == 0, result = b if n != 0 }
