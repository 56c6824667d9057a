// gmemspec compile %s
// a prime on what does not change
spec t

state n : u64
const ONE : u64 = 1
action go(x : u64) { n = n + x }
property p on go : x' == ONE' and n' == n + x
