// How traces spell arguments that are no numbers.

/// Descriptors that no event made.
enum FdWord {
  bad_fd "fd -1",
  no_fd "none",
  /// /dev/kvm, as three ops call it
  dev_kvm "dev-kvm", dev_kvm_path "/dev/kvm", kvm_device "kvm",
  /// a VM's, as two ops call it
  vm_fd "vm-fd", a_vm_fd "vm fd",
  /// standard input
  other_file "fd 0 (not gmem)"
}
/// userspace_addr: mappings that no event made.
enum HvaWord { hva_null "0", hva_anon "anon", hva_unaligned "anon+1", hva_gmem "gmem mapping" }
/// The pointer passed to an ioctl. From a page that is read only a struct can be read.
enum Ptr {
  ptr_ok "ok",
  ptr_at_end "struct ends at end of mapping",
  ptr_read_only "struct in read-only memory (success expected to need no write)",
  ptr_read_only_busy "struct in read-only memory, EAGAIN case",
  ptr_8 "0x8", ptr_16 "0x10", ptr_null "NULL",
  ptr_kernel "kernel address",
  ptr_top "top of user",
  ptr_crosses "struct crosses into unmapped page"
}
fn writable(ptr : Ptr) -> bool = ptr == ptr_ok or ptr == ptr_at_end
fn readable(ptr : Ptr) -> bool = writable(ptr) or ptr == ptr_read_only or ptr == ptr_read_only_busy

/// Which process an access belongs to, if not the first.
enum ProcessWord { child_process "child" }
/// Which descriptor an ioctl was made on.
enum OnWord { on_gmem "gmem", on_vm "vm" }
/// An ioctl that no guest_memfd knows.
enum OtherIoctl {
  attributes2_of_120_bytes "0xd2 with size 120", attributes2_of_136_bytes "0xd2 with size 136",
  check_extension_on_gmem "KVM_CHECK_EXTENSION", get_api_version "KVM_GET_API_VERSION"
}
/// readlink of /proc/self/fd/N
enum FdLink { gmem_inode "/[kvm-gmem] (deleted)", anon_inode "anon_inode:[kvm-gmem]" }
enum FileAdvice { DONTNEED }
/// Prose beside a registration of buffers.
enum PageState { state_private "private" }
