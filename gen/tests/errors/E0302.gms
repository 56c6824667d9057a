// gmemspec compile %s
// a type that nobody declared; one message although the name is used thrice
spec t

domain File
state owner : [Flie] -> bool
action take(f : Flie) { owner[f] = true }
