/// One inode's pages with sharing, pins and mappings: small enough to compare with other checkers on the same work.
spec pages

enum Sharing { shared, private }
domain Process, Pin
index Page : u52

state sharing      : [Page] -> Sharing
state allocated    : [Page] -> bool
state held         : [Pin, Page] -> bool
state host_mapped  : [Process, Page] -> bool
state guest_mapped : [Page] -> bool

action start() returns (process : Process) {
  create p : Process
  process = p
}

action host_fault(process : Process, page : Page) {
  private: fail EACCES if sharing[page] == private
  allocated[page] = true
  host_mapped[process, page] = true
}

action pin(process : Process, page : Page) returns (pin : Pin?) {
  unmapped: fail EFAULT if not host_mapped[process, page]
  create k : Pin
  held[k, page] = true
  pin = k
}

action unpin(pin : Pin) { destroy pin }

action guest_fault(page : Page) {
  allocated[page] = true
  guest_mapped[page] = true
}

action set_private(start : Page, end : Page) returns (busy_page : Page?) {
  empty: fail EINVAL if start >= end
  let pages = start ..< end
  equal: succeed if all p in pages : sharing[p] == private
  host_mapped[*, pages] = false
  busy:  fail EAGAIN with busy_page = p if some p in pages : some k of Pin : held[k, p]
  guest_mapped[pages] = false
  sharing[pages] = private
}

action set_shared(start : Page, end : Page) {
  empty: fail EINVAL if start >= end
  let pages = start ..< end
  guest_mapped[pages] = false
  sharing[pages] = shared
}

action punch_hole(start : Page, end : Page) {
  let pages = start ..< end
  host_mapped[*, pages] = false
  guest_mapped[pages] = false
  allocated[pages] = false
  held[*, pages] = false
}

action unmap_all(process : Process) { host_mapped[process, *] = false }

invariant no_private_host_mapping : all r of Process, p of Page : host_mapped[r, p] implies sharing[p] == shared
invariant mapped_is_allocated     : all r of Process, p of Page : host_mapped[r, p] implies allocated[p]
invariant guest_mapped_is_allocated : all p of Page : guest_mapped[p] implies allocated[p]
invariant held_is_shared          : all k of Pin, p of Page : held[k, p] implies sharing[p] == shared

property failure_keeps_sharing on set_private : result != ok implies all p of Page : sharing'[p] == sharing[p]
property success_sets_range on set_private : result == ok implies all p in pages : sharing'[p] == private
property nothing_outside on set_private : all p of Page : p not in pages implies sharing'[p] == sharing[p]
property busy_is_lowest on set_private :
  result == EAGAIN implies (some k of Pin : held[k, busy_page!]) and
    all p in pages, k of Pin : p < busy_page! implies not held[k, p]

cover eagain on set_private : exit(busy)
