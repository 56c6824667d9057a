// Procedures of linux_6_18: what several actions do.
#include "model/generated/linux_6_18/procedures.h"

#include "model/generated/linux_6_18/functions.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

/// The MMU and, without an entry, kvm_gmem_fault_user_mapping. si_code: 1 SEGV_MAPERR, 2
/// SEGV_ACCERR or BUS_ADRERR. An allocation that fails is tried again.
// linux_6_18/host_access.gms:5
HostFaultResults host_fault(State& s, Process proc, Mapping m, MapPage at, bool write) {
  HostFaultResults out;
  if (!s.vma(proc, m, at)) {
    out.sig = Signal::kSIGSEGV;
    out.si_code = 1;
    return out;
  }
  if (!prot_allows(s, s.prot(proc, m, at), write)) {
    out.sig = Signal::kSIGSEGV;
    out.si_code = 2;
    return out;
  }
  const Inode inode = s.map_inode(m).value();
  const Page p = file_page(s, m, at);
  if (!s.mapped(proc, m, p)) {
    if (s.npages(inode) <= p) {
      out.sig = Signal::kSIGBUS;
      out.si_code = 2;
      return out;
    }
    if (s.sharing(inode, p) == Sharing::kPrivate) {
      out.sig = Signal::kSIGBUS;
      out.si_code = 2;
      return out;
    }
    s.cached.at(inode, p) = true;
    s.uptodate.at(inode, p) = true;
    s.mapped.at(proc, m, p) = true;
  }
  out.sig = Signal::kNoSignal;
  out.si_code = Optional<std::uint8_t>{};
  return out;
}

/// get_user_pages, mm_populate: the pages in order until one cannot be faulted in; `got` of them
/// are there. (populate_vma_page_range)
// linux_6_18/host_access.gms:43
PopulateResults populate(State& s, Process proc, Mapping m, MapPage at, std::uint64_t n,
                         Need need) {
  PopulateResults out;
  const MapPage wanted_lo = at <= 0 ? std::uint64_t{0} : at;
  const MapPage wanted_hi =
      wrap<52>(at + wrap<52>(n)) <= s.map_npages(m) ? wrap<52>(at + wrap<52>(n)) : s.map_npages(m);
  if (wanted_lo >= wanted_hi || !s.vma(proc, m, at)) {
    out.got = 0;
    return out;
  }
  const Optional<MapPage> hole = first(stretch(wanted_lo, wanted_hi), [&](Cursor a) {
    return !s.vma(proc, m, a) ||
           !(allows(s, s.prot(proc, m, a), need) || finds_entry(s, proc, m, a, need));
  });
  const Inode inode = s.map_inode(m).value();
  const Page start = file_page(s, m, at);
  const Page pages_lo = start;
  const Page pages_hi = file_page(s, m, hole.has_value() ? hole.value() : wanted_hi);
  const Optional<Page> bad = first(stretch(pages_lo, pages_hi), [&](Cursor p) {
    return !s.mapped(proc, m, p) &&
           (s.npages(inode) <= p || s.sharing(inode, p) == Sharing::kPrivate);
  });
  const Page there_lo = start;
  const Page there_hi = bad.has_value() ? bad.value() : pages_hi;
  s.cached.at(inode, stretch(there_lo, there_hi)) = true;
  s.uptodate.at(inode, stretch(there_lo, there_hi)) = true;
  s.mapped.at(proc, m, stretch(there_lo, there_hi)) = true;
  out.got = wrap<52>(there_hi - there_lo);
  return out;
}

}  // namespace gms::model::linux_6_18
