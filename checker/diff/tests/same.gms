// gmemspec diff --calls 6000 --no-times %s
// The same in other words: proved, and not asked the solver.
spec same extends box
in put { replace past_end: fail ERANGE if not (not (u64(at) >= PLACES)) }
expect verdict "equivalent for sequential callers; concurrent: unknown"
