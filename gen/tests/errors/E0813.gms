// gmemspec compile %s
// what cannot be assigned
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

const ONE : u64 = 1
action go(x : u64) returns (y : u64) {
  let z = x
  x = 1
  z = ONE
  ONE = 2
  y[0] = 1
  y = 4
  nn = 3
}
