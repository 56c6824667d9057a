// gmemspec compile %s
// a prime where there is one state only
spec t

state n : u64
action go() { n = n' + 1 }
invariant small : n' < 10
