// gmemspec diff --calls 6000 --no-times %s
// An errno that cannot come any more.
spec narrowed extends box
in put { drop busy }
expect finding "errno-narrowed" on put
