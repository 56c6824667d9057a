// gmemspec check --spec %s docs/examples/events.jsonl
// How lines of a trace become calls, and a trace that conforms.
spec events
fields seq, tid

domain File
enum FdWord { none_open "none", dev_null }
state length : [File] -> u64
state byte : [File, u8] -> u8

action open() returns (file : File) {
  create f : File
  file = f
}
action write(file : File?, word : FdWord?, at : u8, value : u8) {
  to_null: succeed if word == dev_null
  bad_fd:  let f = file else fail EBADF
  byte[f, at] = value
  length[f] = max(length[f], u64(at) + 1)
}
action read(f : File, at : u8) returns (value : u8?) {
  past_end: succeed with value = none if u64(at) >= length[f]
  value = byte[f, at]
}
action size(f : File) returns (bytes : u64) {
  bytes = length[f]
}
action close(f : File) {
  destroy f
}

event meta ignored
event open(fd : File) { open() observes file named fd }
event write(fd : File or FdWord, at : u8, value : u8 = any, errno : Errno) {
  write(fd, fd.word, at, value) observes result = errno
}
event read(fd : File, at : u8, values : [v : u8?]) {
  for i in values { read(fd, at + u8(i)) observes value = v }
}
/// fstat(), and the close() after it.
event size_and_close(fd : File, size : u64) {
  size(fd) observes bytes = size
  close(fd)
}
event fork() { reject "who inherits what is not in this spec" }
