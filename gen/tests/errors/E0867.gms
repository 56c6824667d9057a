// gmemspec compile %s
// a loop over what is no array
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(n : u64, v : [b : u8]) { for i in n { open(i) observes result = ok } for i in v { open(i) observes result = ok } }
