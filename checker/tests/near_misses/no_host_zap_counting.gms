/// The same where the scan counts every reference, page-table entries included, as folio_ref_count does: a range that
/// somebody has only touched is refused for ever.
spec no_host_zap_counting extends inplace_v7

fn referenced(i : Inode, p : Page) -> bool =
  held(i, p) or (some r of Process, m of Mapping : map_inode[m] == i and mapped[r, m, p])

in set_memory_attributes2 {
  drop zap_host
  replace busy:
    busy: fail EAGAIN with error_offset = max(offset, u64(folio_start(p)) << PAGE_SHIFT) if referenced(inode, p)
}
expect refuted retry_succeeds "nobody holds the range, and it is refused"
expect refuted no_spurious "the same"
