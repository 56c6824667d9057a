// Actions of linux_6_18.
#include "model/generated/linux_6_18/actions.h"

#include "model/generated/linux_6_18/functions.h"
#include "model/generated/linux_6_18/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

/// A load of one byte
/// (exc_page_fault)
// linux_6_18/host_access.gms:69
template <class Chooser>
Clause host_read(State& s, Chooser&, Process proc, Mapping m, MapPage at, std::uint16_t byte,
                 HostReadOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.prot.spot(proc, m, at),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.content.spot(s.map_inode(m).value(), file_page(s, m, at), byte));
  const HostFaultResults host_fault_results = host_fault(s, proc, m, at, false);
  out.sig = host_fault_results.sig;
  out.si_code = host_fault_results.si_code;
  out.value = Optional<std::uint8_t>{};
  if (host_fault_results.sig == Signal::kNoSignal) {
    // punched_meanwhile, linux_6_18/host_access.gms:78: only when calls overlap.
    out.value = lift([&](std::uint8_t a) { return Optional<std::uint8_t>(a); },
                     s.content(s.map_inode(m).value(), file_page(s, m, at), byte));
  }
  return Clause::kHostReadOk;
}

/// A store of one byte
/// (exc_page_fault)
// linux_6_18/host_access.gms:89
template <class Chooser>
Clause host_write(State& s, Chooser&, Process proc, Mapping m, MapPage at, std::uint16_t byte,
                  Lazy<std::uint8_t> value, HostWriteOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.prot.spot(proc, m, at),
         s.mapped.spot(proc, m, file_page(s, m, at)),
         s.sharing.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.cached.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.uptodate.spot(s.map_inode(m).value(), file_page(s, m, at)),
         s.content.spot(s.map_inode(m).value(), file_page(s, m, at), byte));
  const HostFaultResults host_fault_results = host_fault(s, proc, m, at, true);
  out.sig = host_fault_results.sig;
  out.si_code = host_fault_results.si_code;
  if (host_fault_results.sig == Signal::kNoSignal) {
    s.content.at(s.map_inode(m).value(), file_page(s, m, at), byte) = value;
  }
  return Clause::kHostWriteOk;
}

/// One entry of /proc/PID/pagemap
/// (pagemap_pmd_range)
// linux_6_18/host_access.gms:103
template <class Chooser>
Clause pagemap(State& s, Chooser&, Process proc, Mapping m, MapPage at, PagemapOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.vma.spot(proc, m, at), s.mapped.spot(proc, m, file_page(s, m, at)),
         s.frame.spot(s.map_inode(m).value(), file_page(s, m, at)));
  // vma_gone, linux_6_18/host_access.gms:104: only when calls overlap.
  const bool there = s.vma(proc, m, at) && s.mapped(proc, m, file_page(s, m, at));
  out.present = there;
  out.pfn = 0;
  if (there) {
    out.pfn = s.frame(s.map_inode(m).value(), file_page(s, m, at));
  }
  return Clause::kPagemapOk;
}

template Clause host_read(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                          std::uint16_t byte, HostReadOutputs& out);
template Clause host_read(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                          std::uint16_t byte, HostReadOutputs& out);
template Clause host_write(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                           std::uint16_t byte, Lazy<std::uint8_t> value, HostWriteOutputs& out);
template Clause host_write(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                           std::uint16_t byte, Lazy<std::uint8_t> value, HostWriteOutputs& out);
template Clause pagemap(State& s, Follow& choose, Process proc, Mapping m, MapPage at,
                        PagemapOutputs& out);
template Clause pagemap(State& s, Enumerate& choose, Process proc, Mapping m, MapPage at,
                        PagemapOutputs& out);

}  // namespace gms::model::linux_6_18
