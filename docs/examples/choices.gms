// gmemspec compile %s
// Procedures, early ends that keep what was done, and what the environment chooses.
spec choices

domain Inode
index Page : u52

state cached : [Inode, Page] -> bool
state frame  : [Inode, Page] -> u64
state quota  : u64 = 8

/// Fills the holes of a range; each page gets some frame.
procedure fill(i : Inode, pages : range Page) {
  no_memory [inferred]: may fail ENOMEM if quota == 0
  for p in pages where not cached[i, p] {
    frame[i, p] = any
    cached[i, p] = true
  }
}

procedure clamp(wanted : Page) returns (pages : Page, cut : bool) {
  return (16, true) if wanted > 16
  pages = wanted
  cut = false
}

action create_inode() returns (inode : Inode) {
  create i : Inode
  inode = i
}

/// A signal may stop it between two pages. What is allocated by then stays.
action allocate(i : Inode, wanted : Page) returns (done_pages : Page) [source, kvm_gmem_allocate] {
  let (pages, cut) = clamp(wanted)
  too_many: fail E2BIG with done_pages = 0 if cut
  choose done : Page in 0 ..< pages + 1
  call fill(i, 0 ..< done)
  interrupted: may fail EINTR with done_pages = done if done < pages
  require done == pages
  done_pages = done
}

action spend(n : u64) {
  fail EDQUOT if n > quota
  quota = quota - n
}

/// The frame decides nothing: only a log can tell it.
action look(i : Inode, p : Page) returns (seen : u64?) {
  absent: succeed with seen = none if not cached[i, p]
  seen = frame[i, p]
}

property no_more_than_asked on allocate : all p of Page :
  cached'[i, p] and not cached[i, p] implies p < done
