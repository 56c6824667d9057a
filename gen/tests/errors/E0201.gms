// gmemspec compile %s
// a spec and a file that are not there
spec t extends no_such_base
include "no_such_part.gms"
