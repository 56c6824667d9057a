// gmemspec compile %s
// named by a field that holds no name
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(n : u64) { open(n) observes f named n }
