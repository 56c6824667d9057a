// gmemspec compile %s
// a scan of something else than exits with a condition
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(f : File, r : range Page) {
  scan p in r ascending { dirty[f, p] = true }
  scan p in r ascending { may fail EBUSY if dirty[f, p] }
  scan p in r ascending { fail EBUSY }
  scan p in r ascending { fail EBUSY if dirty[f, p] and n == 0 }
}
