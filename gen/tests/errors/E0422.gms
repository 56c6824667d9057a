// gmemspec compile %s
// keys that cannot be
spec t

state a : [u64] -> bool
state b : [i8] -> bool
index Page : u52
state c : [Page, u16] -> bool
action go() { c[0, 0] = a[0] and b[0] and c[0, 1] }
