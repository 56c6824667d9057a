// Procedures of linux_7_1: what several actions do.
#include "model/generated/linux_7_1/procedures.h"

#include "model/generated/linux_7_1/functions.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

/// kvm_delete_memslot with kvm_gmem_unbind. Pages and sharing stay with the inode.
/// (kvm_set_memslot)
// linux_6_18/slots.gms:11
void delete_slot(State& s, Vm vm, Slot s_2) {
  s.slot_of.at(vm, s.slot_id(s_2)) = Optional<Slot>{};
  s.slot_at.at(vm, stretch(s.slot_base(s_2), s.slot_end(s_2))) = Optional<Slot>{};
  if (s.slot_inode(s_2).has_value()) {
    s.bindings.at(s.slot_inode(s_2).value(), stretch(s.slot_first(s_2), s.slot_last(s_2))) =
        Optional<Slot>{};
  }
  if (!has_private_mem(s, vm)) {
    s.mmio_spte.at(vm, whole(52)) = false;
    for (const Slot t : s.all<Slot>()) {
      if (s.slot_vm(t) == vm) {
        s.stage2.at(t, whole(52)) = Stage2::kUnmapped;
      }
    }
  }
  destroy(s, s_2);
  return;
}

}  // namespace gms::model::linux_7_1
