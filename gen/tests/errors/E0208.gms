// gmemspec compile %s
// a domain declared again
spec t extends base
domain File
