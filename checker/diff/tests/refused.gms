// gmemspec diff --calls 6000 --no-times %s
// A call that was accepted.
spec refused extends box
in put { after past_end: full: fail ENOSPC if value == 0 }
expect finding "call-refused" on put
