// gmemspec compile %s
// types that a field cannot have
spec t
domain File, Vm
enum Word { anon, stale }
action open(x : u64) returns (f : File) { fail EINVAL if x == 0  create g : File  f = g }
action close(f : File?) { fail EBADF if f == none }

index Page : u52
event e(p : Page, a : [f : File, g : u8]) { open(u64(p)) observes result = ok }
