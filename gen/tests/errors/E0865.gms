// gmemspec compile %s
// a name for a handle of another domain
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(vm : Vm) { open(1) observes f named vm }
