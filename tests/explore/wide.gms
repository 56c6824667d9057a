/// A state that is far too large.
spec wide
index Page : u52
state f : [Page] -> bool
action set(p : Page) { require not f[p]  f[p] = true }
invariant some_are_not : some p of Page : not f[p]
