// gmemspec compile %s
// two fields of one name
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(x : u64, x : u64) { open(x) observes result = ok }
