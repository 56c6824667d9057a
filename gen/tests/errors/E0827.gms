// gmemspec compile %s
// inout outside of actions
spec t

procedure p(inout x : u64) { fail EINVAL if x == 0 }
action go(inout x : u64) { call p(x) }
