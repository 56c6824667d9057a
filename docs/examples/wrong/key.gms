// gmemspec compile %s
// Shifted keys: which points does it write, and what do the reads see?
spec key
index Page : u52
state byte : [Page] -> u8
action shift(r_lo : Page, r_hi : Page) {
  byte[p + 1] = byte[p] for p in r_lo ..< r_hi
}
