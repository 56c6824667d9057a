/// What the lock does not promise.
spec refuted extends rwlock
/// Two readers may hold it.
invariant alone : all a of Thread, b of Thread : mode[a] != idle and mode[b] != idle implies a == b
/// The one who asks for writing while reading waits for itself; it is told so.
property told on write_lock [expect refuted "a waiter is told EAGAIN, whoever holds the lock"] : result != EAGAIN
