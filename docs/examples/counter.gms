// gmemspec compile %s
// The first example of docs/language.md: a counter with a limit.
/// A counting semaphore that nobody waits for.
spec counter

const LIMIT : u32 = 4

state taken : u32 = 0

/// sem_trywait
action take() {
  full: fail EAGAIN if taken == LIMIT
  taken = taken + 1
}

/// sem_post
action give() {
  none_taken: fail EOVERFLOW if taken == 0
  taken = taken - 1
}

invariant within_limit : taken <= LIMIT
property take_counts on take : result == ok implies taken' == taken + 1
cover can_fill on take : exit(full)

event take(errno : Errno) { take() observes result = errno }
event give(errno : Errno) { give() observes result = errno }
