/// The posted series "guest_memfd: In-place conversion support", v7: sharing is tracked per page of the inode, and an ioctl on the
/// guest_memfd converts a range, with one backing for both kinds. With kvm.vm_memory_attributes=1 everything stays as in linux_7_1.
spec inplace_v7 extends linux_7_1
  link "https://lore.kernel.org/kvm/?q=s%3A%22guest_memfd%3A+In-place+conversion+support%22"

/// The module parameter kvm.vm_memory_attributes: attributes belong to the VM, by gfn.
param vm_memory_attributes : bool = false

/// For a VM without private memory the inode's attribute is consulted all the same: such a guest gets memory faults (flags 0) until the
/// range is made shared, where without the series its access worked.
quirk default_vm_private

fn supported_flags(vm : Vm?) -> u64 =
  GUEST_MEMFD_FLAG_MMAP
  | (if vm == none or not has_private_mem(vm!) or not vm_memory_attributes then GUEST_MEMFD_FLAG_INIT_SHARED else 0)
fn per_vm_attributes() -> bool = sw_protected_vm and vm_memory_attributes
fn capability(vm : Vm?, cap : u32) -> u64 =
  if cap == KVM_CAP_USER_MEMORY2 or cap == KVM_CAP_GUEST_MEMFD then 1
  else if cap == KVM_CAP_MEMORY_ATTRIBUTES then (if per_vm_attributes() then supported_attributes(vm) else 0)
  else if cap == KVM_CAP_VM_TYPES then (if sw_protected_vm then 3 else 1)
  else if cap == KVM_CAP_PRE_FAULT_MEMORY then (if tdp then 1 else 0)
  else if cap == KVM_CAP_GUEST_MEMFD_FLAGS then supported_flags(vm)
  else if cap == KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES and not vm_memory_attributes then supported_attributes(vm)
  else 0

/// kvm_gmem_get_memory_attributes: a slot whose file is gone reads as shared.
fn page_private(s : Slot, p : Page) -> bool =
  if vm_memory_attributes then has(slot_vm[s]) and vm_private[slot_vm[s]!, slot_gfn(s, p)]
  else has(slot_inode[s]) and has(slot_vm[s]) and (has_private_mem(slot_vm[s]!) or default_vm_private)
    and sharing[slot_inode[s]!, p] == private
fn gfn_private(vm : Vm, g : Gfn) -> bool =
  if vm_memory_attributes then vm_private[vm, g]
  else has(slot_at[vm, g]) and page_private(slot_at[vm, g]!, slot_page(slot_at[vm, g]!, g))

include "inplace_v7/conversion.gms"
include "inplace_v7/properties.gms"
