// gmemspec prove --no-times --spec %s
// An expected refutation that is proved is a failure: the reason it gives is no longer true.
spec proved_after_all

state taken : u32 = 0

action take() {
  full: fail EAGAIN if taken == 4
  taken = taken + 1
}

invariant bounded [expect refuted "take() forgets to look"] : taken <= 4
