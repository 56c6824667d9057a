// gmemspec prove --no-times --spec %s
// A cover that the invariants allow and no run reaches is unknown, never a success.
spec not_reached

state steps : u32 = 0

action advance() {
  far: fail EAGAIN if steps >= 20
  steps = steps + 2
}

invariant bounded : steps <= 21
cover odd : steps == 7
cover ahead : steps == 6
