// gmemspec prove --stepwise --run-seconds 900 --no-times --spec %s no_private_mapping
// Expected: refuted. A fault may find the page after the scan has passed it.
spec steps

domain Call, Inode, Mapping
index Page : u52
enum Sharing { shared, private }

rw lock invalidate : [Inode]

state sharing  : [Inode, Page] -> Sharing
state inode_of : [Mapping] -> Inode
state mapped   : [Mapping, Page] -> bool
state pinned   : [Inode, Page] -> bool
/// The reference of a fault that has found the page and dropped the lock.
state found    : [Call, Inode, Page] -> bool

/// A pin, a page-table entry or a fault in flight.
fn held(i : Inode, p : Page) -> bool =
  pinned[i, p] or (some m of Mapping : inode_of[m] == i and mapped[m, p]) or (some c of Call : found[c, i, p])

action create_inode() returns (inode : Inode) {
  create i : Inode
  inode = i
}

action map(i : Inode) returns (mapping : Mapping) {
  create m : Mapping
  inode_of[m] = i
  mapping = m
}

action fault(m : Mapping, p : Page) {
  let i = inode_of[m]
  hold shared invalidate[i] {
    private_page: fail EFAULT if sharing[i, p] == private
    step find_page { found[self, i, p] = true }
  }
  step map_page {
    mapped[m, p] = true
    found[self, i, p] = false
  }
}

action pin(m : Mapping, p : Page) {
  fail EFAULT if not mapped[m, p]
  pinned[inode_of[m], p] = true
}

action set_private(i : Inode, start : Page, count : Page) returns (error_at : Page) {
  let pages = start ..< start + count
  error_at = 0
  hold shared invalidate[i] {
    each m of Mapping where inode_of[m] == i { step zap { mapped[m, pages] = false } }
    scan p in pages ascending {
      busy: fail EAGAIN with error_at = p if held(i, p)
    }
    step store { sharing[i, pages] = private } linearize
  }
}

action unpin(i : Inode, p : Page) {
  pinned[i, p] = false
}

action set_shared(i : Inode, p : Page) {
  hold exclusive invalidate[i] {
    step store { sharing[i, p] = shared } linearize
  }
}

lemma inode_of_live : all m of Mapping : live(inode_of[m])
invariant no_private_mapping : all m of Mapping, p of Page :
  mapped[m, p] implies sharing[inode_of[m], p] == shared
