// gmemspec compile %s
// what belongs into actions
spec t

procedure p(x : u64) {
  succeed if x == 0
  fail EINVAL with y = 1 if x == 1
}
action go(x : u64) returns (y : u64) { call p(x)  y = 1 }
