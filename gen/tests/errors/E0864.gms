// gmemspec compile %s
// an output that the action does not have
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

event e(fd : File, err : Errno) { open(1) observes f named fd, result = err, file = fd }
event e2(fd : File) { open(1) observes file named fd }
