// gmemspec diff --calls 6000 --no-times %s
// An expected finding has a rule of diff.
spec bad_rule extends box
expect finding "call-acepted" on put
