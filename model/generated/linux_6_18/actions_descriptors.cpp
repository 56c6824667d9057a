// Actions of linux_6_18.
#include "model/generated/linux_6_18/actions.h"

#include "model/generated/linux_6_18/functions.h"
#include "model/generated/linux_6_18/procedures.h"
#include "model/runtime/cursor.h"
#include "model/runtime/deferred.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

/// KVM_CREATE_GUEST_MEMFD. reserved[] is not looked at.
/// (kvm_gmem_create)
// linux_6_18/descriptors.gms:4
template <class Chooser>
Clause create_guest_memfd(State& s, Chooser& choose, Process proc, Optional<Vm> vm,
                          std::uint64_t size, std::uint64_t flags, Ptr ptr, bool injected,
                          CreateGuestMemfdOutputs& out) {
  out = {};
  // not_a_vm, linux_6_18/descriptors.gms:6
  if (!vm.has_value()) return Clause::kCreateGuestMemfdNotAVm;
  // copy_in, linux_6_18/descriptors.gms:7
  if (!readable(s, ptr)) return Clause::kCreateGuestMemfdCopyIn;
  // copy_in_fault, linux_6_18/descriptors.gms:8
  if (faulty(s, injected) && choose.may(Errno::kEFAULT))
    return Clause::kCreateGuestMemfdCopyInFault;
  // bad_flags, linux_6_18/descriptors.gms:9
  if ((flags & ~supported_flags(s, vm)) != 0) return Clause::kCreateGuestMemfdBadFlags;
  // bad_size, linux_6_18/descriptors.gms:10
  if (static_cast<std::int64_t>(size) <= 0 || !page_aligned(s, size))
    return Clause::kCreateGuestMemfdBadSize;
  // no_memory, linux_6_18/descriptors.gms:11
  if (faulty(s, injected) && choose.may(Errno::kENOMEM)) return Clause::kCreateGuestMemfdNoMemory;
  const Inode inode = s.create<Inode>();
  const Fd descriptor = s.create<Fd>();
  s.inode_vm.at(inode) = vm;
  s.inode_flags.at(inode) = flags;
  s.npages.at(inode) = wrap<52>(size >> 12);
  s.sharing.at(inode, whole(52)) = (flags & 2) != 0 ? Sharing::kShared : Sharing::kPrivate;
  s.frame.at(inode, whole(52)) = Lazy<std::uint64_t>::unknown();
  s.fd_inode.at(descriptor) = inode;
  s.fd_open.at(proc, descriptor) = true;
  out.fd = descriptor;
  return Clause::kCreateGuestMemfdOk;
}

/// dup: the new descriptor refers to the same file.
/// (dup_fd)
// linux_6_18/descriptors.gms:25
template <class Chooser>
Clause dup(State& s, Chooser&, Process proc, Optional<Fd> fd, DupOutputs& out) {
  out = {};
  // no_fd, linux_6_18/descriptors.gms:26
  if (!is_open(s, proc, fd)) return Clause::kDupNoFd;
  const Fd descriptor = s.create<Fd>();
  // All right-hand sides are read before the first write.
  Deferred later;
  const Optional<Inode> new_fd_inode = s.fd_inode(fd.value());
  later.add([=, &s] { s.fd_inode.at(descriptor) = new_fd_inode; });
  later.run();
  // All right-hand sides are read before the first write.
  Deferred later_2;
  const Optional<Vm> new_fd_vm = s.fd_vm(fd.value());
  later_2.add([=, &s] { s.fd_vm.at(descriptor) = new_fd_vm; });
  later_2.run();
  s.fd_open.at(proc, descriptor) = true;
  out.copy = descriptor;
  return Clause::kDupOk;
}

/// close. With the last reference to a file, mappings included, the file and its pages end.
/// (close_fd)
// linux_6_18/descriptors.gms:35
template <class Chooser>
Clause close(State& s, Chooser&, Process proc, Optional<Fd> fd) {
  // What is looked at below.
  expect(s.content.spot(s.fd_inode(fd.value()).value(), 0, 0),
         s.frame.spot(s.fd_inode(fd.value()).value(), 0),
         s.cached.spot(s.fd_inode(fd.value()).value(), 0),
         s.partly_filled.spot(s.fd_inode(fd.value()).value(), 0),
         s.uptodate.spot(s.fd_inode(fd.value()).value(), 0));
  // no_fd, linux_6_18/descriptors.gms:36
  if (!is_open(s, proc, fd)) return Clause::kCloseNoFd;
  const Optional<Inode> inode = s.fd_inode(fd.value());
  s.fd_open.at(proc, fd.value()) = false;
  if (!some(s.all<Process>(), [&](Process r) { return s.fd_open(r, fd.value()); })) {
    destroy(s, fd.value());
    if (inode.has_value()) {
      put_file(s, inode.value());
    }
  }
  return Clause::kCloseOk;
}

/// fork: the child gets descriptors and mappings. Page-table entries of shared mappings are not
/// copied; they fault in later. (copy_process)
// linux_6_18/descriptors.gms:46
template <class Chooser>
Clause fork(State& s, Chooser&, Process proc, ForkOutputs& out) {
  out = {};
  const Process process = s.create<Process>();
  // All right-hand sides are read before the first write.
  Deferred later;
  for (const Fd f : s.all<Fd>()) {
    const bool new_fd_open = s.fd_open(proc, f);
    later.add([=, &s] { s.fd_open.at(process, f) = new_fd_open; });
  }
  later.run();
  // All right-hand sides are read before the first write.
  Deferred later_2;
  for (const Mapping m : s.all<Mapping>()) {
    for_each_stretch(stretch(0, s.map_npages(m)), [&](Cursor at) {
      const bool new_vma = s.vma(proc, m, at);
      const std::uint32_t new_prot = s.prot(proc, m, at);
      later_2.add(
          [=, &s, at_covered = at.covered()] { s.vma.at(process, m, at_covered) = new_vma; });
      later_2.add(
          [=, &s, at_covered = at.covered()] { s.prot.at(process, m, at_covered) = new_prot; });
    });
  }
  later_2.run();
  s.newest_child.at() = process;
  out.child = process;
  return Clause::kForkOk;
}

/// exit of a process that has closed its descriptors and unmapped its mappings, each as `close` and
/// `munmap` do. (do_exit)
// linux_6_18/descriptors.gms:58
template <class Chooser>
Clause exit_process(State& s, Chooser&, Process proc) {
  // Otherwise this run does not exist.
  if (!(proc != s.first_process().value())) return Clause::kImpossible;
  // Otherwise this run does not exist.
  if (!(all(s.all<Fd>(), [&](Fd f) { return !s.fd_open(proc, f); }))) return Clause::kImpossible;
  // Otherwise this run does not exist.
  if (!(all(s.all<Mapping>(), [&](Mapping m) {
        return all(whole(52), [&](Cursor at) { return !s.vma(proc, m, at); });
      })))
    return Clause::kImpossible;
  for (const Vm vm : s.all<Vm>()) {
    if (s.vm_process(vm) == proc) {
      s.vm_process.at(vm) = Optional<Process>{};
    }
  }
  if (s.newest_child() == proc) {
    s.newest_child.at() = Optional<Process>{};
  }
  destroy(s, proc);
  return Clause::kExitProcessOk;
}

/// fstat: i_blocks is never counted.
/// (kvm_gmem_getattr)
// linux_6_18/descriptors.gms:73
template <class Chooser>
Clause fstat(State& s, Chooser&, Process proc, Optional<Fd> fd, FstatOutputs& out) {
  out = {};
  // no_fd, linux_6_18/descriptors.gms:75
  if (!is_open(s, proc, fd)) return Clause::kFstatNoFd;
  // Otherwise this run does not exist.
  if (!(s.fd_inode(fd.value()).has_value())) return Clause::kImpossible;
  out.st_size = i_size(s, s.fd_inode(fd.value()).value());
  out.st_blocks = 0;
  out.st_mode = 0x8180;
  out.st_nlink = 1;
  return Clause::kFstatOk;
}

// linux_6_18/descriptors.gms:89
template <class Chooser>
Clause file_call(State& s, Chooser&, Process proc, Optional<Fd> fd, FileCall which,
                 FileCallOutputs& out) {
  out = {};
  // no_fd, linux_6_18/descriptors.gms:90
  if (!is_open(s, proc, fd)) return Clause::kFileCallNoFd;
  // no_read_write, linux_6_18/descriptors.gms:91
  if (which == FileCall::kCallRead || which == FileCall::kCallWrite)
    return Clause::kFileCallNoReadWrite;
  // no_position, linux_6_18/descriptors.gms:92
  if (which == FileCall::kCallPread || which == FileCall::kCallPwrite ||
      which == FileCall::kCallLseek)
    return Clause::kFileCallNoPosition;
  // no_setattr, linux_6_18/descriptors.gms:93
  if (which == FileCall::kCallFtruncate || which == FileCall::kCallFchmod)
    return Clause::kFileCallNoSetattr;
  // no_fsync, linux_6_18/descriptors.gms:94
  if (which == FileCall::kCallFsync) return Clause::kFileCallNoFsync;
  // no_seals, linux_6_18/descriptors.gms:95
  if (which == FileCall::kCallAddSeals) return Clause::kFileCallNoSeals;
  // no_open, linux_6_18/descriptors.gms:96
  if (which == FileCall::kCallReopen) return Clause::kFileCallNoOpen;
  out.value = which == FileCall::kCallGetfl ? std::uint64_t{0x8002} : std::uint64_t{0};
  return Clause::kFileCallOk;
}

/// Any ioctl on a descriptor that is closed.
/// (fdget)
// linux_6_18/descriptors.gms:101
template <class Chooser>
Clause ioctl_on_closed(State& s, Chooser&, Process proc, Optional<Fd> fd) {
  // Otherwise this run does not exist.
  if (!(!is_open(s, proc, fd))) return Clause::kImpossible;
  // no_fd, linux_6_18/descriptors.gms:103
  return Clause::kIoctlOnClosedNoFd;
}

/// An ioctl that a guest_memfd does not know.
/// (vfs_ioctl)
// linux_6_18/descriptors.gms:107
template <class Chooser>
Clause unknown_gmem_ioctl(State& s, Chooser&) {
  // Otherwise this run does not exist.
  if (!(some(s.all<Fd>(), [&](Fd f) {
        return is_open(s, s.first_process().value(), f) && s.fd_inode(f).has_value();
      })))
    return Clause::kImpossible;
  // unknown, linux_6_18/descriptors.gms:109
  return Clause::kUnknownGmemIoctlUnknown;
}

/// KVM_SET_MEMORY_ATTRIBUTES2: not known here. The field error_offset of the caller's struct stays
/// as it is. (vfs_ioctl)
// linux_6_18/descriptors.gms:113
template <class Chooser>
Clause set_memory_attributes2(State& s, Chooser&, Process proc, Optional<Fd> fd,
                              Optional<FdWord> word, std::uint64_t error_offset_in,
                              SetMemoryAttributes2Outputs& out) {
  out = {};
  out.error_offset = error_offset_in;
  // on_dev_kvm, linux_6_18/descriptors.gms:116
  if (is_dev_kvm(s, word)) return Clause::kSetMemoryAttributes2OnDevKvm;
  // on_vm, linux_6_18/descriptors.gms:117
  if (word == FdWord::kVmFd) return Clause::kSetMemoryAttributes2OnVm;
  // no_fd, linux_6_18/descriptors.gms:118
  if (!is_open(s, proc, fd)) return Clause::kSetMemoryAttributes2NoFd;
  // unknown, linux_6_18/descriptors.gms:119
  return Clause::kSetMemoryAttributes2Unknown;
}

template Clause create_guest_memfd(State& s, Follow& choose, Process proc, Optional<Vm> vm,
                                   std::uint64_t size, std::uint64_t flags, Ptr ptr, bool injected,
                                   CreateGuestMemfdOutputs& out);
template Clause create_guest_memfd(State& s, Enumerate& choose, Process proc, Optional<Vm> vm,
                                   std::uint64_t size, std::uint64_t flags, Ptr ptr, bool injected,
                                   CreateGuestMemfdOutputs& out);
template Clause dup(State& s, Follow& choose, Process proc, Optional<Fd> fd, DupOutputs& out);
template Clause dup(State& s, Enumerate& choose, Process proc, Optional<Fd> fd, DupOutputs& out);
template Clause close(State& s, Follow& choose, Process proc, Optional<Fd> fd);
template Clause close(State& s, Enumerate& choose, Process proc, Optional<Fd> fd);
template Clause fork(State& s, Follow& choose, Process proc, ForkOutputs& out);
template Clause fork(State& s, Enumerate& choose, Process proc, ForkOutputs& out);
template Clause exit_process(State& s, Follow& choose, Process proc);
template Clause exit_process(State& s, Enumerate& choose, Process proc);
template Clause fstat(State& s, Follow& choose, Process proc, Optional<Fd> fd, FstatOutputs& out);
template Clause fstat(State& s, Enumerate& choose, Process proc, Optional<Fd> fd,
                      FstatOutputs& out);
template Clause file_call(State& s, Follow& choose, Process proc, Optional<Fd> fd, FileCall which,
                          FileCallOutputs& out);
template Clause file_call(State& s, Enumerate& choose, Process proc, Optional<Fd> fd,
                          FileCall which, FileCallOutputs& out);
template Clause ioctl_on_closed(State& s, Follow& choose, Process proc, Optional<Fd> fd);
template Clause ioctl_on_closed(State& s, Enumerate& choose, Process proc, Optional<Fd> fd);
template Clause unknown_gmem_ioctl(State& s, Follow& choose);
template Clause unknown_gmem_ioctl(State& s, Enumerate& choose);
template Clause set_memory_attributes2(State& s, Follow& choose, Process proc, Optional<Fd> fd,
                                       Optional<FdWord> word, std::uint64_t error_offset_in,
                                       SetMemoryAttributes2Outputs& out);
template Clause set_memory_attributes2(State& s, Enumerate& choose, Process proc, Optional<Fd> fd,
                                       Optional<FdWord> word, std::uint64_t error_offset_in,
                                       SetMemoryAttributes2Outputs& out);

}  // namespace gms::model::linux_6_18
