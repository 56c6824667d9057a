// gmemspec compile %s
// first is over one index
spec t

domain File
index Page : u52
action go(f : File, r : range Page) {
  fail EINVAL if has(first g of File : g == f)
  fail EINVAL if has(first p in r, q in r : p == q)
}
