// gmemspec compile %s
// any in what decides a branch
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(f : File) {
  dirty[f, *] = any
  fail EBUSY if dirty[f, 0] and n == 0
}
