// gmemspec compile %s
// edits in a spec that extends no other
spec t
in grow { drop no_size }
drop law twice
expect proved twice
