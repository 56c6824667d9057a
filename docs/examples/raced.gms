// gmemspec compile %s
// An exit that only a call that overlaps makes possible.
/// Pages that can be moved while they are read.
spec raced
index Page : u8
state content : [Page] -> u8

/// A read of a page that is being moved may find it busy.
action read(p : Page) returns (value : u8) {
  value = content[p]
  moving: fail EAGAIN when raced (move(from = p1, to = p2) if p == p1 or p == p2)
}
action write(p : Page, value : u8) { content[p] = value }
action move(from : Page, to : Page) {
  content[to] = content[from]
  content[from] = 0
}

property reads_never_fail on read : result == ok

fields tid, t_begin, t_end
event read(p : u8, value : u8, errno : Errno) {
  read(Page(p)) observes result = errno, value = value if errno == ok
}
event write(p : u8, value : u8) { write(Page(p), value) }
event move(from : u8, to : u8) { move(Page(from), Page(to)) }
