// gmemspec diff --calls 6000 --no-times %s
// What no call tells is no difference, though the state differs.
spec hidden_effect extends box
in put { replace count: step count { moves[box] = moves[box] + 2 } }
expect verdict "equivalent for sequential callers; concurrent: unknown"
