/// The host's fault handler does not ask whether the page is private.
spec host_fault_ignores_attribute extends inplace_v7

/// kvm_gmem_fault_user_mapping without its test of the attribute
procedure host_fault(proc : Process, m : Mapping, at : MapPage, write : bool) returns (sig : Signal, si_code : u8?)
    [trace, kvm_gmem_fault_user_mapping] {
  return (SIGSEGV, 1) if not vma[proc, m, at]
  return (SIGSEGV, 2) if not prot_allows(prot[proc, m, at], write)
  let inode = map_inode[m]!
  let p = file_page(m, at)
  if not mapped[proc, m, p] {
    return (SIGBUS, 2) if p >= npages[inode]
    cached[inode, p] = true
    mapped[proc, m, p] = true
  }
  return (no_signal, none)
}
expect refuted no_host_private "the host maps private pages"
