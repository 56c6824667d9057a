// gmemspec compile %s
// A page number where a byte offset is wanted.
spec literal
index Page : u52
state limit : u64 = 4096
action grow(p : Page) { limit = p }
action check(n : u64) { fail EINVAL if n > limit }
