// gmemspec compile %s
// a word that traces would spell in two ways
spec t
enum Word { none_at_all "none" "null", anon "anon" }
state w : Word
action go() { fail EINVAL if w == anon  w = none_at_all }
