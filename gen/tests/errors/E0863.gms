// gmemspec compile %s
// a field that is common to all events
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

fields seq
event e(seq : u64) { open(seq) observes result = ok }
