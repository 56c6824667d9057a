// gmemspec prove -v --no-times --spec %s
// Refuted at a page: the call and the page are named; a law whose two sides end differently.
spec refuted_pages

domain File
index Page : u52
state dirty : [File, Page] -> bool
state writes : [File] -> u32

action open() returns (file : File) {
  create f : File
  file = f
}
action write(f : File, start : Page, pages : Page) {
  empty: fail EINVAL if start >= pages
  worn:  fail EROFS if writes[f] == 3
  dirty[f, start ..< pages] = true
  writes[f] = writes[f] + 1
}

invariant clean_behind : all f of File, p of Page : dirty[f, p] implies p < 3
property only_once on write : result == ok implies not some p in start ..< pages : dirty[f, p]
law write_twice(f : File, a : Page, b : Page) [expect refuted "writes are counted"] {
  { write(f, a, b)  write(f, a, b) }
  same { write(f, a, b) }
}
