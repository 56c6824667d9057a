// gmemspec compile %s
// an index before a handle
spec t

domain File
index Page : u52
state a : [Page, File] -> bool
action go(f : File) { a[0, f] = not a[1, f] }
