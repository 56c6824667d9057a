// gmemspec compile %s
// names that are something else: a domain as a value, an action as a function, a const as a type
spec t

domain File
const ONE : u64 = 1
action go(x : ONE) {
  fail EINVAL if File == x
  fail EPERM if go(x) == 0
  call go(1)
}
