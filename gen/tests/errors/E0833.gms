// gmemspec compile %s
// the body of an each makes no exits
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(r : range Page) { each f of File { fail EBUSY if n == 0 } each f of File { step { dirty[f, r] = true } } }
