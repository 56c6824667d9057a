// gmemspec compile %s
// a statement that stops making sense: a procedure is called with `call`
spec t
state size : u64
procedure check(n : u64) { fail EINVAL if n == 0 }
action grow(n : u64) {
  check(n)
  size = size + n
}
