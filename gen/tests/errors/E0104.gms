// gmemspec compile %s
// characters that are no part of the language, one of them from a word processor
spec t
state size : u64
action grow(n : u64) {
  size = size + n;
}
link “https://example.org”
