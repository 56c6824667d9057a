// gmemspec compile %s --dump stepwise
// A counter that is sampled is no state of the call: nothing says when it moves.
spec sampled

state n : u8

action read() returns (value : u8) {
  sample moved = counter
  value = n
  retry if moved
}
action set(to : u8) { n = to }
