// gmemspec compile %s
// an include without a path
spec t
include ""
