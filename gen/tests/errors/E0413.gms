// gmemspec compile %s
// conversions that do not exist; two steps do
spec t

enum Mode { idle, busy }
domain File
index Page : u52
index Gfn : u40
action go(m : Mode, f : File, p : Page, n : u64, o : u64?) {
  fail EINVAL if u64(f) == 0
  fail EINVAL if Gfn(p) == 0
  fail EINVAL if bool(n)
  fail EINVAL if u32(o) == 0
  fail EPERM if Gfn(u64(p)) == 0 and u8(m) == 1
}
