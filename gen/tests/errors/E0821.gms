// gmemspec compile %s
// any in a local
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go() returns (x : u64) { x = any  n = 1 }
