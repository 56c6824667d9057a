// gmemspec compile %s
// wrong numbers of keys: read, written, and of a lock
spec t
domain File
index Page : u52
state size : [File] -> Page = 0
state dirty : [File, Page] -> bool

lock inode : [File]
action go(f : File) {
  fail EINVAL if size == 0 or dirty[f]
  size[f, 0] = 1
  acquire exclusive inode
  dirty[f, size[f]] = true
}
