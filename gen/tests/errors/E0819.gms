// gmemspec compile %s
// a value for each of what is no key
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(f : File, r : range Page) {
  n = u64(p) for p in r
  n = 1 for p in r where dirty[f, p]
}
