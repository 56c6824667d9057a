/// Linux 7.1.5, on which the v7 series "guest_memfd: In-place conversion support" builds. The traces of the series with
/// kvm.vm_memory_attributes=1 behave like it.
spec linux_7_1 extends linux_6_18
  link "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/virt/kvm/guest_memfd.c?h=linux-7.1.y"

/// The traced kernel has CONFIG_KVM_SW_PROTECTED_VM.
param sw_protected_vm : bool = true
param tdp : bool = true

in set_user_memory_region2 {
  replace bind_past_end:
    bind_past_end [trace, kvm_gmem_bind, "v7/sweep_bind_t0: unsigned since 7.1.5"]:
      fail EINVAL if wraps(gmem_offset, size) or gmem_offset + size > i_size(inode!)
}
expect proved binding_inside
