// gmemspec compile %s
// two words that traces could not tell apart
spec t
enum Word { none_at_all "anon", anon }
state w : Word
action go() { fail EINVAL if w == anon  w = none_at_all }
