// gmemspec compile %s
// An option where a handle is needed.
spec handle
domain File
state size : [File] -> u64
action grow(f : File?, by : u64) { size[f] = size[f] + by }
