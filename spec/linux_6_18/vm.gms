// Virtual machines: creation, capabilities, attributes by gfn.

/// KVM_CREATE_VM
action create_vm(type : i64) returns (fd : Fd) [trace, kvm_dev_ioctl_create_vm] {
  bad_type: fail EINVAL if type != i64(KVM_X86_DEFAULT_VM) and not (type == i64(KVM_X86_SW_PROTECTED_VM) and sw_protected_vm)
  if first_process == none {
    create opener : Process
    first_process = opener
  }
  create vm : Vm
  create descriptor : Fd
  vm_type[vm] = u32(type)
  vm_process[vm] = first_process
  newest_vm = vm
  fd_vm[descriptor] = vm
  fd_open[first_process!, descriptor] = true
  fd = descriptor
}

const KVM_CAP_USER_MEMORY2 : u32 = 231
const KVM_CAP_MEMORY_ATTRIBUTES : u32 = 233
const KVM_CAP_GUEST_MEMFD : u32 = 234
const KVM_CAP_VM_TYPES : u32 = 235
const KVM_CAP_PRE_FAULT_MEMORY : u32 = 236
const KVM_CAP_GUEST_MEMFD_FLAGS : u32 = 244
/// Of the posted series; no other version has it.
const KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES : u32 = 249

/// kvm_supported_mem_attributes; `vm` none: asked of /dev/kvm.
fn supported_attributes(vm : Vm?) -> u64 =
  if vm == none or has_private_mem(vm!) then KVM_MEMORY_ATTRIBUTE_PRIVATE else 0
/// kvm_gmem_get_supported_flags: a VM with private memory may not have an inode that the host reads from the start.
fn supported_flags(vm : Vm?) -> u64 =
  GUEST_MEMFD_FLAG_MMAP | (if vm == none or not has_private_mem(vm!) then GUEST_MEMFD_FLAG_INIT_SHARED else 0)
/// Attributes of a VM by gfn exist.
fn per_vm_attributes() -> bool = sw_protected_vm
fn capability(vm : Vm?, cap : u32) -> u64 =
  if cap == KVM_CAP_USER_MEMORY2 or cap == KVM_CAP_GUEST_MEMFD then 1
  else if cap == KVM_CAP_MEMORY_ATTRIBUTES then (if per_vm_attributes() then supported_attributes(vm) else 0)
  else if cap == KVM_CAP_VM_TYPES then (if sw_protected_vm then 3 else 1)
  else if cap == KVM_CAP_PRE_FAULT_MEMORY then (if tdp then 1 else 0)
  else if cap == KVM_CAP_GUEST_MEMFD_FLAGS then supported_flags(vm)
  else 0

/// The capabilities that the above is about.
fn is_told(cap : u32) -> bool =
  cap == KVM_CAP_USER_MEMORY2 or cap >= KVM_CAP_MEMORY_ATTRIBUTES and cap <= KVM_CAP_PRE_FAULT_MEMORY or cap == KVM_CAP_GUEST_MEMFD_FLAGS
  or cap == KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES

/// KVM_CHECK_EXTENSION on /dev/kvm (`vm` none) or on a VM
action check_extension(vm : Vm?, cap : u32) returns (value : u64) [trace, kvm_vm_ioctl_check_extension] {
  value = capability(vm, cap)
}

/// KVM_SET_MEMORY_ATTRIBUTES on a VM. Nothing is tested: private pages have another backing than shared ones.
action set_memory_attributes(vm : Vm, address : u64, size : u64, attributes : u64, flags : u64, ptr : Ptr, injected : bool)
    [trace, kvm_vm_ioctl_set_mem_attributes] {
  no_attributes: fail ENOTTY if not per_vm_attributes()
  copy_in [source, kvm_vm_ioctl]: fail EFAULT if not readable(ptr)
  copy_in_fault [inferred]: may fail EFAULT if faulty(injected)
  bad_flags:      fail EINVAL if flags != 0
  bad_attributes: fail EINVAL if attributes & ~supported_attributes(vm) != 0
  empty_range:    fail EINVAL if size == 0 or wraps(address, size)
  unaligned [source]: fail EINVAL if not page_aligned(address) or not page_aligned(size)
  let gfns = Gfn(address >> PAGE_SHIFT) ..< Gfn((address + size) >> PAGE_SHIFT)
  let want = attributes & KVM_MEMORY_ATTRIBUTE_PRIVATE != 0
  hold exclusive slots_lock[vm] {
    equal: succeed if all g in gfns : vm_private[vm, g] == want
    no_memory [source, xa_reserve]: may fail ENOMEM if faulty(injected)
    step zap {
      stage2[s, p] = unmapped for s of Slot, p in slot_first[s] ..< slot_last[s]
        where slot_vm[s] == vm and slot_gfn(s, p) in gfns
      window[self, s, p] = true for s of Slot, p in slot_first[s] ..< slot_last[s]
        where slot_vm[s] == vm and slot_gfn(s, p) in gfns
      gfn_window[self, vm, gfns] = true
    }
    step store { vm_private[vm, gfns] = want } linearize
    step invalidate_end { call end_invalidation() }
  }
}
