/// Pages of one file that are shared or private, as calls that run alone. For comparing explorers: N pages, P processes and at most
/// one extra reference give exactly 20^N states for P = 2.
spec atomic

domain Process
index Page : u8
enum Sharing { shared, private }

state sharing   : [Page] -> Sharing
state allocated : [Page] -> bool
/// References that are held by nobody's page table.
state extra     : [Page] -> u1
state host      : [Process, Page] -> bool
state guest     : [Page] -> bool

action host_fault(r : Process, p : Page) {
  require sharing[p] == shared
  allocated[p] = true
  host[r, p] = true
}
action pin(p : Page) {
  require extra[p] == 0 and some r of Process : host[r, p]
  extra[p] = 1
}
action unpin(p : Page) {
  require extra[p] != 0
  extra[p] = 0
}
action guest_fault(p : Page) {
  allocated[p] = true
  guest[p] = true
}
/// Pages lo to hi, both included. What the host maps is zapped first, and stays so if a page is busy.
action set_private(lo : Page, hi : Page) {
  require lo <= hi
  let pages = lo ..< hi + 1
  require some p in pages : sharing[p] != private
  host[r, p] = false for r of Process, p in pages
  busy: fail EAGAIN if some p in pages : allocated[p] and extra[p] != 0
  guest[pages] = false
  sharing[pages] = private
}
action set_shared(lo : Page, hi : Page) {
  require lo <= hi
  let pages = lo ..< hi + 1
  require some p in pages : sharing[p] != shared
  guest[pages] = false
  sharing[pages] = shared
}
action punch(lo : Page, hi : Page) {
  require lo <= hi
  let pages = lo ..< hi + 1
  host[r, p] = false for r of Process, p in pages
  guest[pages] = false
  allocated[pages] = false
  extra[pages] = 0
}
action munmap(r : Process) {
  host[r, *] = false
}

invariant no_private_host : all r of Process, p of Page : not (sharing[p] == private and host[r, p])
invariant mapped_is_allocated : all p of Page : guest[p] or (some r of Process : host[r, p]) implies allocated[p]
