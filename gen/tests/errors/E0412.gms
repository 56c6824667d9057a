// gmemspec compile %s
// what is no range
spec t
domain File
index Page : u52
state size : [File] -> Page = 0
state dirty : [File, Page] -> bool

action go(f : File, p : Page) {
  fail EINVAL if p in size[f]
  fail EINVAL if all q in p : dirty[f, q]
  size[f] = len(0 ..< p)
}
