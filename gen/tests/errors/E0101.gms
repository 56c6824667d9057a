// gmemspec compile %s
// what the parser expected: an assignment in a condition, a logician's forall, a word of the language as a name
spec t
enum Lamp { on, none }
state size : u64
action grow(n : u64) {
  fail EINVAL if n = 0
  size = size + n
}
invariant small : forall n in r : n < 9
