// gmemspec compile %s
// two clauses of one name
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

action go() {
  busy: fail EBUSY if n == 1
  busy: fail EAGAIN if n == 2
  n = 3
}
action other() { busy: fail EBUSY if n == 1 }
invariant i : all f of File : not dirty[f, 0]
