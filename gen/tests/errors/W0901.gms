// gmemspec compile %s
// locals that nothing uses: parameter, let, binder; a leading _ says that it is meant
spec t
state n : u64
action go(x : u64) { busy: fail EBUSY if n == x  n = n + 1 }

action stop(why : u64, _log : u64) {
  let twice = n + n
  fail EINVAL if some b of bool : n == 4
  n = 0
}
