// gmemspec compile %s
// values of another type, each with what to do about it
spec t

domain File
index Page : u52
state size : [File] -> Page = 0
state owner : [File] -> File?
action go(f : File, n : u64, big : u128_like, m : u32) {
  size[f] = n
  let o = owner[f]
  size[o] = 1
  fail EINVAL if n
  let wide : u64 = m
  let small : u32 = wide
  fail EPERM if small == 0
}
enum u128_like { a }
