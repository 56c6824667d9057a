// gmemspec compile %s
// an each of several updates that change its conditions
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go() {
  each f of File where not dirty[f, 0] { step a { dirty[f, 0] = true } step b { n = 1 } }
  each f of File where not dirty[f, 0] { step a { dirty[f, 0] = true } }
}
