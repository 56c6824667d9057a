// gmemspec diff --calls 6000 --no-times %s
// What an argument selects makes findings of their own.
spec by_class extends box
action limit(which : u32) returns (value : u64) [source, box_limit] {
  value = if which == LIMIT_PLACES then 5 else if which == LIMIT_BOXES then 8 else 0
}
expect finding "output-changed" on limit
