// gmemspec prove --no-times --spec %s
// A true invariant that is not inductive: the step that fails is shown, and called no run.
spec not_inductive

state steps : u32 = 0

action advance() {
  far: fail EAGAIN if steps >= 20
  steps = steps + 2
}
action back() {
  steps = 0
}

invariant never_five : steps != 5
