/// Mappings, and reads at an offset in one: for the case about such names.
spec maps
domain Map
enum Word { stack, heap }
state length : [Map] -> u64
action map(bytes : u64) returns (m : Map) { create made : Map  length[made] = bytes  m = made }
action read(m : Map?, at : u64, word : Word?) {
  fail EFAULT if word == none and at >= length[m!]
  fail EIO if word == heap
}
event map(m : Map, bytes : u64) { map(bytes) observes m named m }
event read(from : Map + u64 or Word, errno : Errno) { read(from, from.offset, from.word) observes result = errno }
