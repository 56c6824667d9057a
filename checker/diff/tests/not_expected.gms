// gmemspec diff --calls 6000 --no-times %s
// What the file expects is not what is found: exit 1, both ways.
spec not_expected extends box
in put { replace bad_flags: fail EINVAL if flags & ~1 != 0 }
expect finding "call-refused" on put "it is the other way round"
