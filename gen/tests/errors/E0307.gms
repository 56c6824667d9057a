// gmemspec compile %s
// unknown procedure, action and lock
spec t

lock big
procedure check(x : u64) { fail EINVAL if x == 0 }
action go(x : u64) {
  call chekc(x)
  acquire exclusive bgi
}
property p on goo : result == ok
event e() { og() }
