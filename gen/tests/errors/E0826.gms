// gmemspec compile %s
// shared mode of a lock without one
spec t

lock big
rw lock small
action go() { acquire shared small  acquire shared big  release big  release small }
