// gmemspec compile %s
// something to drop that is not inherited
spec t extends base
drop invariant smal
