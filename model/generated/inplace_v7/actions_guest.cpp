// Actions of inplace_v7.
#include "model/generated/inplace_v7/actions.h"

#include "model/generated/inplace_v7/functions.h"
#include "model/generated/inplace_v7/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::inplace_v7 {

/// KVM_RUN until the vCPU has read one byte, or cannot. What the log's user space answers to MMIO
/// is 0. (kvm_mmu_page_fault)
// linux_6_18/guest.gms:81
template <class Chooser>
Clause guest_read(State& s, Chooser& choose, Vm vm, std::uint64_t gpa, bool injected,
                  GuestReadOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.slot_at.spot(vm, wrap<52>(gpa >> 12)), s.mmio_spte.spot(vm, wrap<52>(gpa >> 12)));
  out.value = Optional<std::uint8_t>{};
  out.fault_flags = Optional<std::uint64_t>{};
  out.fault_gpa = Optional<std::uint64_t>{};
  out.fault_size = Optional<std::uint64_t>{};
  out.mmio_gpa = Optional<std::uint64_t>{};
  out.mmio_write = Optional<bool>{};
  out.exit_reason = Optional<std::uint32_t>{};
  // stale_attribute, inplace_v7/conversion.gms:101: only when calls overlap.
  // no_memory, linux_6_18/guest.gms:91
  if (faulty(s, injected) && choose.may(Errno::kENOMEM)) {
    out.end = GuestExit::kOtherExit;
    out.exit_reason = 0xffff;
    return Clause::kGuestReadNoMemory;
  }
  const GuestFaultResults guest_fault_results = guest_fault(s, vm, wrap<52>(gpa >> 12), false);
  // What is looked at below.
  expect(s.content.spot(guest_fault_results.inode.value(), guest_fault_results.page,
                        static_cast<std::uint16_t>(wrap<12>(static_cast<std::uint16_t>(gpa)))));
  out.end = guest_fault_results.end;
  // memory_fault_exit, linux_6_18/guest.gms:94
  if (guest_fault_results.end == GuestExit::kMemoryFault) {
    out.fault_flags = guest_fault_results.fault_flags;
    out.fault_gpa = gpa & 0xfffffffffffff000u;
    out.fault_size = 4096;
    return Clause::kGuestReadMemoryFaultExit;
  }
  // bad_hva, linux_6_18/guest.gms:96
  if (guest_fault_results.error) {
    out.exit_reason = 0;
    return Clause::kGuestReadBadHva;
  }
  if (guest_fault_results.end == GuestExit::kMmio) {
    out.value = Optional<std::uint8_t>(0);
    out.mmio_gpa = gpa;
    out.mmio_write = false;
  } else {
    out.value =
        lift([&](std::uint8_t a) { return Optional<std::uint8_t>(a); },
             s.content(guest_fault_results.inode.value(), guest_fault_results.page,
                       static_cast<std::uint16_t>(wrap<12>(static_cast<std::uint16_t>(gpa)))));
  }
  return Clause::kGuestReadOk;
}

/// KVM_RUN until the vCPU has written one byte, or cannot
/// (kvm_mmu_page_fault)
// linux_6_18/guest.gms:111
template <class Chooser>
Clause guest_write(State& s, Chooser& choose, Vm vm, std::uint64_t gpa, std::uint8_t byte,
                   bool injected, GuestWriteOutputs& out) {
  out = {};
  // What is looked at below.
  expect(s.slot_at.spot(vm, wrap<52>(gpa >> 12)), s.mmio_spte.spot(vm, wrap<52>(gpa >> 12)));
  out.fault_flags = Optional<std::uint64_t>{};
  out.fault_gpa = Optional<std::uint64_t>{};
  out.fault_size = Optional<std::uint64_t>{};
  out.mmio_gpa = Optional<std::uint64_t>{};
  out.mmio_write = Optional<bool>{};
  out.exit_reason = Optional<std::uint32_t>{};
  // stale_attribute, inplace_v7/conversion.gms:107: only when calls overlap.
  // no_memory, linux_6_18/guest.gms:120
  if (faulty(s, injected) && choose.may(Errno::kENOMEM)) {
    out.end = GuestExit::kOtherExit;
    out.exit_reason = 0xffff;
    return Clause::kGuestWriteNoMemory;
  }
  const GuestFaultResults guest_fault_results = guest_fault(s, vm, wrap<52>(gpa >> 12), true);
  // What is looked at below.
  expect(s.content.spot(guest_fault_results.inode.value(), guest_fault_results.page,
                        static_cast<std::uint16_t>(wrap<12>(static_cast<std::uint16_t>(gpa)))));
  out.end = guest_fault_results.end;
  // memory_fault_exit, linux_6_18/guest.gms:123
  if (guest_fault_results.end == GuestExit::kMemoryFault) {
    out.fault_flags = guest_fault_results.fault_flags;
    out.fault_gpa = gpa & 0xfffffffffffff000u;
    out.fault_size = 4096;
    return Clause::kGuestWriteMemoryFaultExit;
  }
  // bad_hva, linux_6_18/guest.gms:125
  if (guest_fault_results.error) {
    out.exit_reason = 0;
    return Clause::kGuestWriteBadHva;
  }
  if (guest_fault_results.end == GuestExit::kMmio) {
    out.mmio_gpa = gpa;
    out.mmio_write = true;
  } else {
    s.content.at(guest_fault_results.inode.value(), guest_fault_results.page,
                 static_cast<std::uint16_t>(wrap<12>(static_cast<std::uint16_t>(gpa)))) = byte;
  }
  return Clause::kGuestWriteOk;
}

/// KVM_PRE_FAULT_MEMORY: page by page until one fails; success if any page was done. The struct
/// says what is left. (kvm_vcpu_pre_fault_memory)
// linux_6_18/guest.gms:145
template <class Chooser>
Clause pre_fault_memory(State& s, Chooser& choose, Vm vm, std::uint64_t gpa, std::uint64_t size,
                        bool injected, PreFaultMemoryOutputs& out) {
  out = {};
  out.gpa_out = gpa;
  out.size_out = size;
  // copy_in, linux_6_18/guest.gms:149
  if (faulty(s, injected) && choose.may(Errno::kEFAULT)) return Clause::kPreFaultMemoryCopyIn;
  // unaligned, linux_6_18/guest.gms:150
  if (!page_aligned(s, gpa) || !page_aligned(s, size)) return Clause::kPreFaultMemoryUnaligned;
  // empty_range, linux_6_18/guest.gms:151
  if (gpa + size <= gpa) return Clause::kPreFaultMemoryEmptyRange;
  // no_tdp, linux_6_18/guest.gms:152
  if (!s.params.tdp) return Clause::kPreFaultMemoryNoTdp;
  const Gfn gfns_lo = wrap<52>(gpa >> 12);
  const Gfn gfns_hi = wrap<52>((gpa + size) >> 12);
  const Optional<Gfn> stop =
      first(stretch(gfns_lo, gfns_hi), [&](Cursor g) { return !can_prefault(s, vm, g); });
  const Gfn done_lo = stop.has_value() ? gfns_lo : gfns_lo;
  const Gfn done_hi = stop.has_value() ? stop.value() : gfns_hi;
  const std::uint64_t bytes = wrap<52>(done_hi - done_lo) << 12;
  // What is looked at below.
  expect(s.mmio_spte.spot(vm, done_lo), s.slot_at.spot(vm, stop.value()),
         s.mmio_spte.spot(vm, stop.value()));
  for (const Inode i : s.all<Inode>()) {
    for_each_stretch(stretch(0, s.npages(i)), [&](Cursor p) {
      if (s.bindings(i, p).has_value() && s.slot_vm(s.bindings(i, p).value()) == vm &&
          done_lo <= slot_gfn(s, s.bindings(i, p).value(), p) &&
          slot_gfn(s, s.bindings(i, p).value(), p) < done_hi &&
          through_gmem(s, s.bindings(i, p).value(), page_private(s, s.bindings(i, p).value(), p))) {
        s.cached.at(i, p.covered()) = true;
        s.uptodate.at(i, p.covered()) = true;
      }
    });
  }
  for (const Slot s_2 : s.all<Slot>()) {
    for_each_stretch(stretch(s.slot_first(s_2), s.slot_last(s_2)), [&](Cursor p) {
      if (s.slot_vm(s_2) == vm && done_lo <= slot_gfn(s, s_2, p) && slot_gfn(s, s_2, p) < done_hi &&
          s.slot_inode(s_2).has_value() && through_gmem(s, s_2, page_private(s, s_2, p))) {
        s.stage2.at(s_2, p.covered()) =
            page_private(s, s_2, p) ? Stage2::kMapsPrivate : Stage2::kMapsShared;
      }
    });
  }
  s.mmio_spte.at(vm, stretch(done_lo, done_hi)) = false;
  const bool hole = stop.has_value() && !s.slot_at(vm, stop.value()).has_value();
  if (hole) {
    s.mmio_spte.at(vm, stop.value()) = true;
  }
  // copy_out, linux_6_18/guest.gms:175
  if (faulty(s, injected) && choose.may(Errno::kEFAULT)) return Clause::kPreFaultMemoryCopyOut;
  // no_slot, linux_6_18/guest.gms:176
  if (hole && done_lo >= done_hi) return Clause::kPreFaultMemoryNoSlot;
  // no_page, linux_6_18/guest.gms:177
  if (stop.has_value() && done_lo >= done_hi) return Clause::kPreFaultMemoryNoPage;
  out.gpa_out = gpa + bytes;
  out.size_out = size - bytes;
  return Clause::kPreFaultMemoryOk;
}

template Clause guest_read(State& s, Follow& choose, Vm vm, std::uint64_t gpa, bool injected,
                           GuestReadOutputs& out);
template Clause guest_read(State& s, Enumerate& choose, Vm vm, std::uint64_t gpa, bool injected,
                           GuestReadOutputs& out);
template Clause guest_write(State& s, Follow& choose, Vm vm, std::uint64_t gpa, std::uint8_t byte,
                            bool injected, GuestWriteOutputs& out);
template Clause guest_write(State& s, Enumerate& choose, Vm vm, std::uint64_t gpa,
                            std::uint8_t byte, bool injected, GuestWriteOutputs& out);
template Clause pre_fault_memory(State& s, Follow& choose, Vm vm, std::uint64_t gpa,
                                 std::uint64_t size, bool injected, PreFaultMemoryOutputs& out);
template Clause pre_fault_memory(State& s, Enumerate& choose, Vm vm, std::uint64_t gpa,
                                 std::uint64_t size, bool injected, PreFaultMemoryOutputs& out);

}  // namespace gms::model::inplace_v7
