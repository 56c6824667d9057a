// gmemspec compile %s
// What can be claimed: of states, of calls, of sequences of calls; and that a claim is known to fail.
spec properties

domain Door
enum Position { closed, open, locked }

state position : [Door] -> Position = closed
state used : [Door] -> bool

action build() returns (door : Door) {
  create d : Door
  door = d
}
action open(d : Door) {
  is_locked: fail EPERM if position[d] == locked
  is_open:   succeed if position[d] == open
  position[d] = open
  used[d] = true
}
action close(d : Door) {
  fail EPERM if position[d] == locked
  position[d] = closed
}
action lock(d : Door) {
  fail EBUSY if position[d] == open
  position[d] = locked
}
action unlock(d : Door) {
  fail EINVAL if position[d] != locked
  position[d] = closed
}

// Of every state that calls can reach.
invariant unused_is_not_open : all d of Door : not used[d] implies position[d] != open
invariant used_is_not_locked [expect refuted "a door can be closed and locked after it was used"] :
  all d of Door : used[d] implies position[d] != locked

// Of every call: primes are the state after it.
property open_opens on open : result == ok implies position'[d] == open
property failures_change_nothing on open, close, lock, unlock :
  result != ok implies all e of Door : position'[e] == position[e]

// Of sequences of calls from one state.
law open_twice(d : Door) {
  { open(d) -> ok  open(d) -> ok }
  same { open(d) -> ok }
}
law lock_keeps_closed(d : Door) {
  assume position[d] == closed
  { lock(d) -> ok  unlock(d) -> ok }
  then position'[d] == closed
}

// That something can happen at all.
cover a_locked_door : some d of Door : position[d] == locked
cover open_again on open : exit(is_open)
