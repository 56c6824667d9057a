// gmemspec compile %s
// a wrong number of names for what a procedure returns
spec t

procedure p(x : u64) returns (a : u64, b : u64) { return (x, x) }
action go(x : u64) { let (a) = p(x)  fail EINVAL if a == 0 }
