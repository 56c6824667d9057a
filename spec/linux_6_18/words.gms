// How traces spell arguments that are no numbers.

/// Descriptors that no event made.
enum FdWord {
  bad_fd "fd -1",
  dev_kvm "dev-kvm" "/dev/kvm" "kvm",
  /// The newest VM's.
  vm_fd "vm-fd" "vm fd",
  /// Standard input.
  other_file "fd 0 (not gmem)",
  no_fd "none"
}
/// userspace_addr: mappings that no event made.
enum HvaWord { hva_null "0", hva_anon "anon", hva_unaligned "anon+1", hva_gmem "gmem mapping" }
/// The pointer passed to an ioctl.
enum Ptr {
  ptr_ok "ok" "struct ends at end of mapping",
  ptr_read_only "struct in read-only memory (success expected to need no write)" "struct in read-only memory, EAGAIN case",
  ptr_unreadable "0x8" "0x10" "NULL" "kernel address" "top of user" "struct crosses into unmapped page"
}
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
enum PageState { page_private "private" }

fn readable(ptr : Ptr) -> bool = ptr != ptr_unreadable
fn writable(ptr : Ptr) -> bool = ptr == ptr_ok
