// gmemspec compile %s
// two calls that give other names
spec s
index Page : u8
state busy : [Page] -> bool
action load(p : Page) {
  fail EAGAIN when raced (store(p = q) if q == p, move(from = q, to = r) if q == r)
}
action store(p : Page) { busy[p] = true }
action move(from : Page, to : Page) { busy[to] = busy[from] }
