// gmemspec compile %s
// a range where one value belongs
spec t

index Page : u52
state n : bool
action go(r : range Page) { n = has(r) }
