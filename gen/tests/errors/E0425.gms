// gmemspec compile %s
// two members with one value
spec t

enum Mode { idle = 1, busy = 0, late }
state m : Mode
action go() { fail EINVAL if m == late  m = busy }
