// Actions of linux_7_1.
#include "model/generated/linux_7_1/actions.h"

#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

/// KVM_CREATE_VM
/// (kvm_dev_ioctl_create_vm)
// linux_6_18/vm.gms:4
template <class Chooser>
Clause create_vm(State& s, Chooser&, std::int64_t type, CreateVmOutputs& out) {
  out = {};
  // bad_type, linux_6_18/vm.gms:5
  if (type != 0 && !(type == 1 && s.params.sw_protected_vm)) return Clause::kCreateVmBadType;
  if (!s.first_process().has_value()) {
    const Process opener = s.create<Process>();
    s.first_process.at() = opener;
  }
  const Vm vm = s.create<Vm>();
  const Fd descriptor = s.create<Fd>();
  s.vm_type.at(vm) = static_cast<std::uint32_t>(type);
  s.vm_process.at(vm) = s.first_process();
  s.newest_vm.at() = vm;
  s.fd_vm.at(descriptor) = vm;
  s.fd_open.at(s.first_process().value(), descriptor) = true;
  out.fd = descriptor;
  return Clause::kCreateVmOk;
}

/// KVM_CHECK_EXTENSION on /dev/kvm (`vm` none) or on a VM
/// (kvm_vm_ioctl_check_extension)
// linux_6_18/vm.gms:51
template <class Chooser>
Clause check_extension(State& s, Chooser&, Optional<Vm> vm, std::uint32_t cap,
                       CheckExtensionOutputs& out) {
  out = {};
  out.value = capability(s, vm, cap);
  return Clause::kCheckExtensionOk;
}

/// KVM_SET_MEMORY_ATTRIBUTES on a VM. Nothing is tested: private pages have another backing than
/// shared ones. (kvm_vm_ioctl_set_mem_attributes)
// linux_6_18/vm.gms:56
template <class Chooser>
Clause set_memory_attributes(State& s, Chooser& choose, Vm vm, std::uint64_t address,
                             std::uint64_t size, std::uint64_t attributes, std::uint64_t flags,
                             Ptr ptr, bool injected) {
  // What is looked at below.
  expect(s.vm_private.spot(vm, wrap<52>(address >> 12)));
  // no_attributes, linux_6_18/vm.gms:58
  if (!per_vm_attributes(s)) return Clause::kSetMemoryAttributesNoAttributes;
  // copy_in, linux_6_18/vm.gms:59
  if (!readable(s, ptr)) return Clause::kSetMemoryAttributesCopyIn;
  // copy_in_fault, linux_6_18/vm.gms:60
  if (faulty(s, injected) && choose.may(Errno::kEFAULT))
    return Clause::kSetMemoryAttributesCopyInFault;
  // bad_flags, linux_6_18/vm.gms:61
  if (flags != 0) return Clause::kSetMemoryAttributesBadFlags;
  // bad_attributes, linux_6_18/vm.gms:62
  if ((attributes & ~supported_attributes(s, vm)) != 0)
    return Clause::kSetMemoryAttributesBadAttributes;
  // empty_range, linux_6_18/vm.gms:63
  if (size == 0 || wraps(s, address, size)) return Clause::kSetMemoryAttributesEmptyRange;
  // unaligned, linux_6_18/vm.gms:64
  if (!page_aligned(s, address) || !page_aligned(s, size))
    return Clause::kSetMemoryAttributesUnaligned;
  const Gfn gfns_lo = wrap<52>(address >> 12);
  const Gfn gfns_hi = wrap<52>((address + size) >> 12);
  const bool want = (attributes & 8) != 0;
  // equal, linux_6_18/vm.gms:68
  if (all(stretch(gfns_lo, gfns_hi), [&](Cursor g) { return s.vm_private(vm, g) == want; }))
    return Clause::kSetMemoryAttributesEqual;
  // no_memory, linux_6_18/vm.gms:69
  if (faulty(s, injected) && choose.may(Errno::kENOMEM))
    return Clause::kSetMemoryAttributesNoMemory;
  for (const Slot s_2 : s.all<Slot>()) {
    for_each_stretch(stretch(s.slot_first(s_2), s.slot_last(s_2)), [&](Cursor p) {
      if (s.slot_vm(s_2) == vm && gfns_lo <= slot_gfn(s, s_2, p) && slot_gfn(s, s_2, p) < gfns_hi) {
        s.stage2.at(s_2, p.covered()) = Stage2::kUnmapped;
      }
    });
  }
  s.vm_private.at(vm, stretch(gfns_lo, gfns_hi)) = want;
  end_invalidation(s);
  return Clause::kSetMemoryAttributesOk;
}

template Clause create_vm(State& s, Follow& choose, std::int64_t type, CreateVmOutputs& out);
template Clause create_vm(State& s, Enumerate& choose, std::int64_t type, CreateVmOutputs& out);
template Clause check_extension(State& s, Follow& choose, Optional<Vm> vm, std::uint32_t cap,
                                CheckExtensionOutputs& out);
template Clause check_extension(State& s, Enumerate& choose, Optional<Vm> vm, std::uint32_t cap,
                                CheckExtensionOutputs& out);
template Clause set_memory_attributes(State& s, Follow& choose, Vm vm, std::uint64_t address,
                                      std::uint64_t size, std::uint64_t attributes,
                                      std::uint64_t flags, Ptr ptr, bool injected);
template Clause set_memory_attributes(State& s, Enumerate& choose, Vm vm, std::uint64_t address,
                                      std::uint64_t size, std::uint64_t attributes,
                                      std::uint64_t flags, Ptr ptr, bool injected);

}  // namespace gms::model::linux_7_1
