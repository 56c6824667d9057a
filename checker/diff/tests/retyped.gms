// gmemspec diff --calls 6000 --no-times %s
// A call with an argument of another type is not compared, and that is said.
spec retyped extends box
action limit(which : u64) returns (value : u64) [source, box_limit] { value = which }
