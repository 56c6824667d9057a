// gmemspec diff --calls 6000 --no-times %s
// A flag that was rejected.
spec accepted extends box
in put { replace bad_flags: fail EINVAL if flags & ~1 != 0 }
expect finding "call-accepted" on put "the flag"
expect finding "errno-changed" on put
