// gmemspec compile %s
// a binder that is two keys
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

state pair : [File, File] -> bool
action go(g : File) {
  pair[f, f] = true for f of File
  pair[f, g] = n == 0 and pair[g, f] for f of File
}
invariant i : all f of File : not dirty[f, 0]
