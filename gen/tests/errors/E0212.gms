// gmemspec compile %s
// an edit at a label that has become ambiguous
spec t extends base
in grow {
  last: no_size: fail EIO if n == 7
  drop no_size
}
