// gmemspec compile %s
// Ranges, quantifiers and updates of many points at once.
spec pages

domain Inode, Mapping, Pin
index Page : u52
enum Sharing { shared, private }
enum Hold { nothing, live_page, old_page }

state sharing  : [Inode, Page] -> Sharing
state inode_of : [Mapping] -> Inode
state mapped   : [Mapping, Page] -> bool
state pin_of   : [Pin] -> Inode
state hold     : [Pin, Page] -> Hold
state byte     : [Inode, Page] -> u8
state old_byte : [Pin, Page] -> u8

fn held(i : Inode, p : Page) -> bool = some k of Pin : pin_of[k] == i and hold[k, p] == live_page

action create_inode() returns (inode : Inode) {
  create i : Inode
  sharing[i, *] = private
  inode = i
}
action map(i : Inode) returns (mapping : Mapping) {
  create m : Mapping
  inode_of[m] = i
  mapping = m
}
action host_write(m : Mapping, p : Page, value : u8) {
  private_page: fail EFAULT if sharing[inode_of[m], p] == private
  mapped[m, p] = true
  byte[inode_of[m], p] = value
}
action pin(m : Mapping, p : Page) returns (pinned : Pin) {
  not_mapped: fail EFAULT if not mapped[m, p]
  create k : Pin
  pin_of[k] = inode_of[m]
  hold[k, p] = live_page
  pinned = k
}

/// All or nothing: a held page refuses the whole range.
action set_private(i : Inode, pages : Page, count : Page) returns (error_at : Page) {
  let r = pages ..< pages + count
  mapped[m, p] = false for m of Mapping, p in r where inode_of[m] == i
  busy: fail EAGAIN with error_at = p if some p in r : held(i, p)
  error_at = 0
  sharing[i, r] = private
}

action set_shared(i : Inode, p : Page) {
  sharing[i, p] = shared
}

/// A pin keeps the old page, with the byte that it had.
action punch(i : Inode, pages : Page, count : Page) {
  let r = pages ..< pages + count
  for k of Pin, p in r where pin_of[k] == i and hold[k, p] == live_page {
    old_byte[k, p] = byte[i, p]
    hold[k, p] = old_page
  }
  for p in r { byte[i, p] = 0 }
  mapped[m, p] = false for m of Mapping, p in r where inode_of[m] == i
}

action read_pin(k : Pin, p : Page) returns (value : u8) {
  fail EINVAL if hold[k, p] == nothing
  value = if hold[k, p] == live_page then byte[pin_of[k], p] else old_byte[k, p]
}

lemma mappings_of_live_inodes : all m of Mapping : live(inode_of[m])
invariant no_private_mapping : all m of Mapping, p of Page :
  mapped[m, p] implies sharing[inode_of[m], p] == shared
property all_or_nothing on set_private :
  (result == ok implies all p in r : sharing'[i, p] == private)
  and (result != ok implies all j of Inode, p of Page : sharing'[j, p] == sharing[j, p])
property names_the_first on set_private : exit(busy) implies
  held(i, error_at) and all p in r.lo ..< error_at : not held(i, p)
cover refused on set_private : exit(busy)
