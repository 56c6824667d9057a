// gmemspec compile %s
// a member of two enums where no type decides; the comparison below knows its enum
spec t

enum Mode { idle, busy }
enum Line { idle, ringing }
state mode : Mode
fn same(line : Line) -> bool = line == idle and mode == busy
action go() {
  let new = idle
  fail EBUSY if same(new)
  mode = Mode.busy
}
