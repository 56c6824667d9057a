// Extended by the cases about inheritance.
spec base
domain File
state size : [File] -> u64
const LIMIT : u64 = 9

action grow(f : File, n : u64) {
  no_size: fail EINVAL if n == 0
  step add {
    too_big: fail EFBIG if n > LIMIT
    size[f] = size[f] + n
  }
}
invariant small : all f of File : size[f] <= LIMIT
cover grown on grow : result == ok
