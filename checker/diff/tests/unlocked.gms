// gmemspec diff --calls 6000 --no-times %s
// The lock is released on the way: the same alone, unknown beside others.
spec unlocked extends box
in put {
  before count: release guard[box]
  after count: acquire exclusive guard[box]
}
expect verdict "equivalent for sequential callers; concurrent: unknown"
