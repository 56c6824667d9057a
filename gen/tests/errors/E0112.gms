// gmemspec compile %s
// a file without a word
// nothing here
