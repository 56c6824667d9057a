// gmemspec compile %s
// a wrong number of returned values
spec t

procedure p(x : u64) returns (a : u64, b : u64) { return x }
action go(x : u64) { call p(x) }
