// gmemspec compile %s
// two clauses that cannot change places
spec t extends base
in grow { swap add, too_big }
