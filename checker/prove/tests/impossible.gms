// gmemspec prove --no-times --spec %s
// A cover that contradicts an invariant, and a clause that never fires for the same reason.
spec impossible

state taken : u32 = 0

action take() {
  full:   fail EAGAIN if taken == 4
  broken: fail EIO if taken > 4
  taken = taken + 1
}
action give() {
  none_taken: fail EOVERFLOW if taken == 0
  taken = taken - 1
}

invariant bounded : taken <= 4
cover overfull : taken == 5
cover all_taken on take : exit(full)
