// gmemspec compile %s
// a string that does not end on its line
spec t
link "https://example.org
state size : u64
