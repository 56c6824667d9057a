// gmemspec compile %s
// The environment's free choice must not decide a branch.
spec anyvalue
index Page : u52
state frame : [Page] -> u64
action fill(p : Page) { frame[p] = any }
action look(p : Page) { fail EIO if frame[p] == 0 }
