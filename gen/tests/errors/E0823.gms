// gmemspec compile %s
// a scan from the end
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(f : File, r : range Page) {
  scan p in r descending { fail EBUSY if dirty[f, p] and n == 0 }
}
