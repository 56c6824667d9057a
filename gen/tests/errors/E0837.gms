// gmemspec compile %s
// an output that is read before it is assigned on every path
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(b : bool) returns (x : u64, y : u64) {
  if b { x = 1 }
  y = x
  n = n + x
}
