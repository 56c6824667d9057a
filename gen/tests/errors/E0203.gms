// gmemspec compile %s
// a file that includes itself
spec t
include "E0203.gms"
