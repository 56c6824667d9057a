// gmemspec compile %s
// a file that holds a spec of another name
spec t extends other_name
