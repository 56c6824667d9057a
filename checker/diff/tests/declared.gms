// gmemspec diff --calls 6000 --no-times %s
// Numbers, arguments, outputs, calls and parameters that only one side has, or has otherwise.
spec declared extends box
const LIMIT_BOXES : u32 = 72
const LIMIT_ITEMS : u32 = 73
param wide : bool = false
quirk leaks
drop action limit
action get(box : Box, at : Place, flags : u32) returns (value : u8?, age : u8) [source, box_get] {
  past_end: fail ERANGE if u64(at) >= PLACES
  value = item[box, at]
  age = if flags == 1 and wide and leaks then 1 else 0
}
action clear(box : Box) { item[box, *] = none }
