/// A reader-writer lock with a wait queue.
spec rwlock
enum Mode { idle, reading, writing }
domain Thread
state mode    : [Thread] -> Mode = idle
state waiting : [Thread] -> bool
/// down_read
action read_lock(t : Thread?) [source, down_read] {
  bad_thread: let me = t else fail EINVAL
  again:   fail EDEADLK if mode[me] != idle
  wait:    fail EAGAIN if some o of Thread : mode[o] == writing or waiting[o]
  mode[me] = reading
}
action write_lock(t : Thread) {
  again: fail EDEADLK if mode[t] != idle
  if some o of Thread : mode[o] != idle { waiting[t] = true  queued: fail EAGAIN }
  waiting[t] = false
  mode[t] = writing
}
action unlock(t : Thread) { fail EPERM if mode[t] == idle  mode[t] = idle }
action spawn() returns (t : Thread) { create n : Thread  t = n }
invariant exclusive : all a of Thread, b of Thread : mode[a] == writing and mode[b] != idle implies a == b
property unlock_frees on unlock : result == ok implies mode'[t] == idle
event spawn(thread : Thread) { spawn() observes t named thread }
event read_lock(thread : Thread, errno : Errno) { read_lock(t = thread) observes result = errno }
event write_lock(thread : Thread, errno : Errno) { write_lock(t = thread) observes result = errno }
event unlock(thread : Thread, errno : Errno) { unlock(t = thread) observes result = errno }
cover writer_waits on write_lock : exit(queued)
