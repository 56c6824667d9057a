// gmemspec compile %s
// one file included twice, by two ways to write its path
spec t
include "parts/size.gms"
include "parts/../parts/size.gms"
