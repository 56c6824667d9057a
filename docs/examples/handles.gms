// gmemspec compile %s
// Objects: made, destroyed, referred to by others, and named by none.
spec handles

domain File, Mapping
index Page : u52

state length  : [File] -> Page
state file_of : [Mapping] -> File?
state mapped  : [Mapping, Page] -> bool

action open(pages : Page) returns (file : File) {
  empty: fail EINVAL if pages == 0
  create f : File
  length[f] = pages
  file = f
}

action map(file : File?) returns (mapping : Mapping) {
  no_file: let f = file else fail EBADF
  closed: fail EBADF if not live(f)
  create m : Mapping
  file_of[m] = f
  mapping = m
}

action touch(m : Mapping, p : Page) {
  past_end: fail EFAULT if p >= length[file_of[m]!]
  mapped[m, p] = true
}

/// A file stays as long as something maps it.
action close(f : File) {
  busy: fail EBUSY if some m of Mapping : file_of[m] == f
  destroy f
}

action unmap(m : Mapping) {
  destroy m
}

invariant maps_live_files : all m of Mapping : has(file_of[m]) and live(file_of[m]!)
invariant mapped_inside : all m of Mapping, p of Page : mapped[m, p] implies p < length[file_of[m]!]
property new_handles on open : result == ok implies live'(file) and not live(file)
