/// guest_memfd as released in Linux 6.18: a whole inode is shared with the host or private, from its creation on; guests convert by the
/// VM's attributes, which live beside the file, and change between two backings.
spec linux_6_18
  link "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/virt/kvm/guest_memfd.c?h=linux-6.18.y"

include "linux_6_18/types.gms"
include "linux_6_18/words.gms"
include "linux_6_18/state.gms"
include "linux_6_18/lifetime.gms"
include "linux_6_18/host_access.gms"
include "linux_6_18/vm.gms"
include "linux_6_18/descriptors.gms"
include "linux_6_18/slots.gms"
include "linux_6_18/mmap.gms"
include "linux_6_18/fallocate.gms"
include "linux_6_18/pins.gms"
include "linux_6_18/access_paths.gms"
include "linux_6_18/guest.gms"
include "linux_6_18/properties.gms"
include "linux_6_18/contracts.gms"
include "linux_6_18/events.gms"
