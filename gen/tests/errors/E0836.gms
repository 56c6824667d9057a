// gmemspec compile %s
// a for without an assignment
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go(r : range Page) { for p in r { }  n = n + 1 }
