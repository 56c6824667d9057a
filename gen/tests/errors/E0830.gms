// gmemspec compile %s
// one statement assigns one point twice
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(f : File, r : range Page) {
  for p in r { dirty[f, p] = true  dirty[f, p] = n == 0 }
  for p in r { dirty[f, p] = true  dirty[f, 0] = n == 0 }
}
