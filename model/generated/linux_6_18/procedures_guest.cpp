// Procedures of linux_6_18: what several actions do.
#include "model/generated/linux_6_18/procedures.h"

#include "model/generated/linux_6_18/functions.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

/// kvm_mmu_faultin_pfn and what follows it, for one access. `inode`, `page`: where the byte is, if
/// the access can be made; `from`: the slot that shows it.
// linux_6_18/guest.gms:14
GuestFaultResults guest_fault(State& s, Vm vm, Gfn g, bool write) {
  GuestFaultResults out;
  const Optional<Slot> slot = s.slot_at(vm, g);
  const Page p = slot.has_value() ? slot_page(s, slot.value(), g) : std::uint64_t{0};
  // What is looked at below.
  expect(s.cached.spot(s.slot_inode(slot.value()).value(), p),
         s.uptodate.spot(s.slot_inode(slot.value()).value(), p), s.stage2.spot(slot.value(), p));
  const bool attribute = gfn_private(s, vm, g);
  const bool is_private =
      attribute && has_private_mem(s, vm) && !(s.params.stale_mmio && s.mmio_spte(vm, g));
  const std::uint64_t report = is_private ? std::uint64_t{8} : std::uint64_t{0};
  if (is_private != attribute) {
    out.end = GuestExit::kMemoryFault;
    out.inode = Optional<Inode>{};
    out.page = 0;
    out.fault_flags = report;
    out.error = true;
    out.from = Optional<Slot>{};
    return out;
  }
  if (!slot.has_value()) {
    if (is_private) {
      out.end = GuestExit::kMemoryFault;
      out.inode = Optional<Inode>{};
      out.page = 0;
      out.fault_flags = report;
      out.error = true;
      out.from = Optional<Slot>{};
      return out;
    }
    s.mmio_spte.at(vm, g) = true;
    out.end = GuestExit::kMmio;
    out.inode = Optional<Inode>{};
    out.page = 0;
    out.fault_flags = Optional<std::uint64_t>{};
    out.error = false;
    out.from = Optional<Slot>{};
    return out;
  }
  const Slot s_2 = slot.value();
  const bool by_gmem = through_gmem(s, s_2, is_private);
  const Optional<Inode> file = s.slot_inode(s_2);
  if (by_gmem && !file.has_value()) {
    out.end = GuestExit::kMemoryFault;
    out.inode = Optional<Inode>{};
    out.page = 0;
    out.fault_flags = report;
    out.error = true;
    out.from = Optional<Slot>{};
    return out;
  }
  if (by_gmem) {
    s.cached.at(file.value(), p) = true;
    s.uptodate.at(file.value(), p) = true;
    s.stage2.at(s_2, p) = is_private ? Stage2::kMapsPrivate : Stage2::kMapsShared;
    s.mmio_spte.at(vm, g) = false;
    out.end = GuestExit::kCompleted;
    out.inode = file;
    out.page = p;
    out.fault_flags = Optional<std::uint64_t>{};
    out.error = false;
    out.from = s_2;
    return out;
  }
  if (is_private) {
    out.end = GuestExit::kMemoryFault;
    out.inode = Optional<Inode>{};
    out.page = 0;
    out.fault_flags = report;
    out.error = true;
    out.from = Optional<Slot>{};
    return out;
  }
  if (!s.slot_hva(s_2).has_value() || !s.vm_process(vm).has_value()) {
    out.end = GuestExit::kOtherExit;
    out.inode = Optional<Inode>{};
    out.page = 0;
    out.fault_flags = Optional<std::uint64_t>{};
    out.error = true;
    out.from = Optional<Slot>{};
    return out;
  }
  const MapPage at = wrap<52>(s.slot_hva_first(s_2) + wrap<52>(wrap<52>(g - s.slot_base(s_2))));
  const PopulateResults populate_results =
      populate(s, s.vm_process(vm).value(), s.slot_hva(s_2).value(), at, 1,
               write ? Need::kStore : Need::kGupRead);
  if (populate_results.got == 0) {
    out.end = GuestExit::kOtherExit;
    out.inode = Optional<Inode>{};
    out.page = 0;
    out.fault_flags = Optional<std::uint64_t>{};
    out.error = true;
    out.from = Optional<Slot>{};
    return out;
  }
  s.mmio_spte.at(vm, g) = false;
  out.end = GuestExit::kCompleted;
  out.inode = s.map_inode(s.slot_hva(s_2).value());
  out.page = file_page(s, s.slot_hva(s_2).value(), at);
  out.fault_flags = Optional<std::uint64_t>{};
  out.error = false;
  out.from = s_2;
  return out;
}

}  // namespace gms::model::linux_6_18
