/// Mappings, and reads at an offset in one: for the case about such names.
spec maps
domain Map
state length : [Map] -> u64
action map(bytes : u64) returns (m : Map) { create made : Map  length[made] = bytes  m = made }
action read(m : Map, at : u64) { fail EFAULT if at >= length[m] }
event map(m : Map, bytes : u64) { map(bytes) observes m named m }
event read(from : Map + u64, errno : Errno) { read(from, from.offset) observes result = errno }
