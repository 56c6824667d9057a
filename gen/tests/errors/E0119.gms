// gmemspec compile %s
// a doc comment that describes nothing
spec t
state size : u64
action grow(n : u64) {
  size = size + n
  /// That was all.
}
