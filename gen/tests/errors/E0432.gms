// gmemspec compile %s
// minima of minima double at each level; half as many are fine
spec t
action go(x : u64, y : u64) {
  fail EINVAL if min(max(min(max(min(max(min(max(min(max(min(max(min(max(min(max(min(max(min(max(min(max(min(max(x, y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y), y) == 0
  fail EINVAL if min(max(min(max(x, y), y), y), y) == 0
}
