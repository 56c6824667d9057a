// gmemspec compile %s
// exit of something that is no label
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

property p on go : exit(n + 1)
