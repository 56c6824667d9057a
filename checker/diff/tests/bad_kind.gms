// gmemspec diff --calls 6000 --no-times %s
// What can be expected of a comparison.
spec bad_kind extends box
expect difference "call-accepted" on put
