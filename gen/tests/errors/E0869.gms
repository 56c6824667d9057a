// gmemspec compile %s
// a parameter that decides cannot be any, nor a field that a log may lack
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(x : u64 = any) { open(any) observes result = ok  open(x) observes result = ok }
