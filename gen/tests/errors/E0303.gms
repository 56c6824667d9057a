// gmemspec compile %s
// two declarations of one name, in two spaces that share it; an action and an event may share one
spec t

enum Mode { idle, busy }
state Mode : bool
action busy() { }
event busy() { busy() }
event busy ignored
