// gmemspec compile %s
// a field, an enum member and an end of a range that do not exist
spec t

struct User { readable : bool }
enum Mode { idle, busy }
index Page : u52
action go(user : User, r : range Page, m : Mode) {
  fail EFAULT if not user.raedable
  fail EINVAL if m == Mode.ilde
  fail EFBIG if r.end == 0 or r.lo == 0
}
