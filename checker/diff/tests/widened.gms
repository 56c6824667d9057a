// gmemspec diff --calls 6000 --no-times %s
// An errno more: a break where the call could not fail.
spec widened extends box
in put { before store: interrupted: may fail EINTR }
expect finding "errno-widened" on put
