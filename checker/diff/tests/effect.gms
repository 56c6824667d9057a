// gmemspec diff --calls 6000 --no-times %s
// The call ends the same way and leaves something else: a later one tells.
spec effect extends box
in put { replace store: step store { item[box, at] = value & 0x7f } }
expect finding "effect-changed" on put "the top bit is lost"
