// gmemspec compile %s
// a maker that makes something else
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(fd : File else close(none), gd : File else open(3)) { close(fd) observes result = ok close(gd) observes result = ok }
