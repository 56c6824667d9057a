// gmemspec compile %s
// a procedure that can return without a value
spec t
domain File
index Page : u52
state n : u64
state dirty : [File, Page] -> bool

procedure p(b : bool) returns (x : u64) { if b { x = 1 } }
procedure q(b : bool) returns (x : u64) { if b { x = 1 } else { x = 2 } }
action go(b : bool) { let (x) = p(b)  let (y) = q(b)  n = x + y + n }
