// gmemspec diff --calls 6000 --no-times --properties %s
// A property that is lost, with its run; one that is on a call that stays as it was is not asked for.
spec lost extends box
in put { replace store: step store { item[box, at] = value & 0x7f } }
