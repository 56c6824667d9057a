// gmemspec prove --stepwise --no-runs --no-clauses --no-times --spec %s
// Expected: unknown. A shared lock is taken again by who has it: a writer that came in between waits for the first, and the second for the writer.
spec shared_again

domain File

rw lock sem : [File]

state size  : [File] -> u8
state reads : [File] -> u8

action create_file() returns (file : File) {
  create f : File
  file = f
}

action read(f : File) {
  hold shared sem[f] {
    step one { reads[f] = size[f] }
    hold shared sem[f] {
      step two { reads[f] = size[f] }
    }
  }
}

action grow(f : File) {
  hold exclusive sem[f] { step grow { size[f] = 1 } }
}

invariant small : all f of File : size[f] <= 1 and reads[f] <= 1
