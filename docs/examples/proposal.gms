// gmemspec compile %s
// A proposal is what it changes: edits by label, new items, what no longer holds.
/// pages.gms with files that refuse to be converted.
spec proposal extends pages
link "https://example.org/the-mail-that-proposes-it"

quirk forgets_seal

state sealed : [Inode] -> bool

action seal(i : Inode) {
  again: fail EALREADY if sealed[i] and not forgets_seal
  sealed[i] = true
}

in set_private {
  first: is_sealed: fail EPERM if sealed[i]
}
in host_write {
  replace private_page: fail EACCES if sharing[inode_of[m], p] == private
}
in read_pin {
  last: no_page: fail ENODATA if hold[k, p] == old_page and value == 0
}

property seals_hold on all : all i of Inode, p of Page :
  sealed[i] and sharing[i, p] == shared implies sharing'[i, p] == shared
