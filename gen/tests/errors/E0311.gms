// gmemspec compile %s
// exit of a clause that the action does not have
spec t

action go(x : u64) { busy: fail EBUSY if x == 0 }
property p on go : exit(bussy) or exit(busy) or exit(ok)
