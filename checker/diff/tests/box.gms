// gmemspec compile %s
// The spec that the others in this folder change: boxes with numbered places.
spec box

const PLACES : u64 = 4
const LIMIT_PLACES : u32 = 70
const LIMIT_BOXES : u32 = 71

domain Box
index Place : u8
state item  : [Box, Place] -> u8?
state moves : [Box] -> u8
lock guard : [Box]

action make() returns (box : Box) [source, box_make] {
  create b : Box
  box = b
}
/// Puts a value into a place.
action put(box : Box, at : Place, value : u8, flags : u32) [source, box_put] {
  bad_flags: fail EINVAL if flags != 0
  past_end:  fail ERANGE if u64(at) >= PLACES
  hold exclusive guard[box] {
    busy: may fail EAGAIN if has(item[box, at])
    step store { item[box, at] = value }
    step count { moves[box] = moves[box] + 1 }
  }
}
action get(box : Box, at : Place) returns (value : u8?) [source, box_get] {
  past_end: fail ERANGE if u64(at) >= PLACES
  value = item[box, at]
}
action limit(which : u32) returns (value : u64) [source, box_limit] {
  value = if which == LIMIT_PLACES then PLACES else if which == LIMIT_BOXES then 9 else 0
}

property stores on put : result == ok implies has(item'[box, at]) and item'[box, at]! == value
property no_longer_than on get : result == ok implies u64(at) < PLACES
