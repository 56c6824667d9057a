// gmemspec compile %s
// a ghost that decides
spec t

ghost state seen : bool
action go() { fail EINVAL if seen  seen = true }
