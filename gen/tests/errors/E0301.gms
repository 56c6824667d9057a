// gmemspec compile %s
// an unknown name, with the likely one; the other use of a good name is silent
spec t
domain File
index Page : u52
state size : [File] -> Page = 0
state dirty : [File, Page] -> bool

action grow(f : File, count : Page) {
  fail EINVAL if cuont == 0
  size[f] = size[f] + count
}
cover some_size : some f of File : dirty[f, 0]
action touch(f : File) { dirty[f, 0] = size[f] == 0 }
