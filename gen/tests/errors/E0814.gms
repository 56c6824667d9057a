// gmemspec compile %s
// an exit sets what is no output
spec t

action go(x : u64) returns (offset : u64) {
  fail EINVAL with ofset = 1 if x == 0
  fail EPERM with x = 1, offset = 2 if x == 1
  offset = 0
}
