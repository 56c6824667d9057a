// gmemspec compile %s
// bytes that are no UTF-8: Latin-1 in a comment
spec t  // größe
state size : u64
