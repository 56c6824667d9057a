// gmemspec compile %s
// a constant that reads state
spec t

state n : u64
const M : u64 = n + 1
action go() { n = M }
