// gmemspec compile %s
// an escape that does not exist
spec t
link "https://example.org/a\qb"
state size : u64
