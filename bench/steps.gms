/// The protocol of atomic.gms in steps: a conversion in six under an exclusive lock, a host fault in four under the same lock, shared.
/// Threads are objects; where one stands and what it works on are functions of it.
spec steps

/// A host fault that forgets to take the lock.
quirk no_lock

domain Process, Thread
index Page : u8
enum Sharing { shared, private }
enum Pc { idle, fault_read, fault_install, fault_unlock, zap, check, clear, store, unlock }

state sharing   : [Page] -> Sharing
state allocated : [Page] -> bool
state extra     : [Page] -> u1
state host      : [Process, Page] -> bool
state guest     : [Page] -> bool

state pc     : [Thread] -> Pc = idle
state by     : [Thread] -> Process?
state low    : [Thread] -> Page
state high   : [Thread] -> Page
state wanted : [Thread] -> Sharing

// The lock.
state writer  : bool
state readers : u2

procedure rest(t : Thread) {
  pc[t] = idle
  by[t] = none
  low[t] = 0
  high[t] = 0
  wanted[t] = shared
}

action fault_lock(t : Thread, r : Process, p : Page) {
  require pc[t] == idle and (no_lock or not writer)
  if not no_lock { readers = readers + 1 }
  by[t] = r
  low[t] = p
  pc[t] = fault_read
}
action fault_read(t : Thread) {
  require pc[t] == fault_read
  pc[t] = if sharing[low[t]] == private then fault_unlock else fault_install
}
action fault_install(t : Thread) {
  require pc[t] == fault_install
  allocated[low[t]] = true
  host[by[t]!, low[t]] = true
  pc[t] = fault_unlock
}
action fault_unlock(t : Thread) {
  require pc[t] == fault_unlock
  if not no_lock { readers = readers - 1 }
  call rest(t)
}

action convert_lock(t : Thread, lo : Page, hi : Page, want : Sharing) {
  require lo <= hi and pc[t] == idle and not writer and readers == 0
  writer = true
  low[t] = lo
  high[t] = hi
  wanted[t] = want
  pc[t] =
    if all p in lo ..< hi + 1 : sharing[p] == want then unlock
    else if want == private then zap
    else clear
}
action convert_zap(t : Thread) {
  require pc[t] == zap
  host[r, p] = false for r of Process, p in low[t] ..< high[t] + 1
  pc[t] = check
}
action convert_check(t : Thread) {
  require pc[t] == check
  pc[t] = if some p in low[t] ..< high[t] + 1 : allocated[p] and extra[p] != 0 then unlock else clear
}
action convert_clear(t : Thread) {
  require pc[t] == clear
  guest[low[t] ..< high[t] + 1] = false
  pc[t] = store
}
action convert_store(t : Thread) {
  require pc[t] == store
  sharing[low[t] ..< high[t] + 1] = wanted[t]
  pc[t] = unlock
}
action convert_unlock(t : Thread) {
  require pc[t] == unlock
  writer = false
  call rest(t)
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
  require not writer
  allocated[p] = true
  guest[p] = true
}
action punch(lo : Page, hi : Page) {
  require lo <= hi and not writer and readers == 0
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
