// gmemspec compile %s
// A success without its output.
spec unassigned
state taken : bool
action take(quick : bool) returns (ticket : u32) {
  taken = true
  early: succeed if quick
  ticket = 7
}
property kept on take : result == ok implies taken'
action drop_it() { taken = false  fail EIO if taken }
