// gmemspec compile %s
// none where a value must be
spec t

state n : u64
state m : u64?
action go() { n = none  m = none }
invariant same : m == n
