// gmemspec compile %s
// operands that do not combine, each with what to do about it
spec t

index Page : u52
index Gfn : u40
action go(p : Page, g : Gfn, n : u64, o : u64?, s : i64) {
  fail EINVAL if p * 2 == 0
  fail EINVAL if p == g
  fail EINVAL if p + n == 0
  fail EINVAL if n + o == 0
  fail EINVAL if n < s
  fail EINVAL if n << n == 0 and 1 < n and p + 1 == p
}
