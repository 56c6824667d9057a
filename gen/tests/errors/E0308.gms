// gmemspec compile %s
// a misspelt errno, in an exit and in a law
spec t

action go(x : u64) { fail EINVALL if x == 0 }
law l(x : u64) { { go(x) -> EGAIN } then true }
