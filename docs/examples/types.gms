// gmemspec compile %s
// Numbers, enums, flags, structs, options and index sorts, and how one becomes another.
spec types

const PAGE_SHIFT : u64 = 12
const PAGE_SIZE : u64 = 1 << PAGE_SHIFT

enum Sharing { shared, private }
flags Attr : u64 { PRIVATE = 1 << 3, NO_EXEC = 1 << 4 }
index Page : u52
struct Range { offset : u64, size : u64 }

param max_pages : u52 = 16

state sharing : [Page] -> Sharing = shared
state last : Page?

fn wraps(r : Range) -> bool = r.offset + r.size < r.offset
fn want(attr : Attr) -> Sharing = if attr & PRIVATE != 0 then private else shared

action convert(r : Range, attr : u64) returns (first_changed : Page?) {
  bad_attr:  fail EINVAL if attr & ~(PRIVATE | NO_EXEC) != 0
  bad_range: fail EINVAL if r.size == 0 or wraps(r) or r.offset % PAGE_SIZE != 0
  let pages = Page(r.offset >> PAGE_SHIFT) ..< Page((r.offset + r.size) >> PAGE_SHIFT)
  past_end:  fail EINVAL if pages.hi > Page(max_pages)
  first_changed = first p in pages : sharing[p] != want(attr)
  sharing[pages] = want(attr)
  last = pages.lo
}

action reset(to : Page?) {
  let page = to else fail EINVAL
  fail ENOENT if last == none or page > last!
  last = none
  sharing[*] = shared
}

property reports_first on convert :
  result == ok and has(first_changed) implies sharing[first_changed!] != sharing'[first_changed!]
