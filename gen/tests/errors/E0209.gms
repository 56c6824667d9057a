// gmemspec compile %s
// an inherited name that becomes something else
spec t extends base
fn LIMIT() -> u64 = 10
