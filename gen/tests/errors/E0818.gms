// gmemspec compile %s
// a key that computes with a binder
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(f : File, r : range Page) {
  dirty[f, p + 1] = true for p in r
  dirty[f, p] = dirty[f, p + 1] for p in r where n == 0
}
