// Actions of inplace_v7.
#pragma once

#include <tuple>

#include "model/generated/inplace_v7/clauses.h"
#include "model/generated/inplace_v7/state.h"
#include "model/runtime/choice.h"

namespace gms::model::inplace_v7 {

/// A load of one byte
///
/// Since the series the host's faults take the invalidate lock.
struct HostReadOutputs {
  Signal sig = Signal::kNoSignal;
  Optional<std::uint8_t> si_code;
  Lazy<Optional<std::uint8_t>> value = Optional<std::uint8_t>{};
  auto fields() const { return std::tie(sig, si_code, value); }
};
template <class Chooser>
Clause host_read(State& s, Chooser& choose, Process proc, Mapping m, MapPage at, std::uint16_t byte,
                 HostReadOutputs& out);

/// A store of one byte
struct HostWriteOutputs {
  Signal sig = Signal::kNoSignal;
  Optional<std::uint8_t> si_code;
  auto fields() const { return std::tie(sig, si_code); }
};
template <class Chooser>
Clause host_write(State& s, Chooser& choose, Process proc, Mapping m, MapPage at,
                  std::uint16_t byte, Lazy<std::uint8_t> value, HostWriteOutputs& out);

/// One entry of /proc/PID/pagemap
struct PagemapOutputs {
  bool present = false;
  Lazy<std::uint64_t> pfn;
  auto fields() const { return std::tie(present, pfn); }
};
template <class Chooser>
Clause pagemap(State& s, Chooser& choose, Process proc, Mapping m, MapPage at, PagemapOutputs& out);

/// KVM_CREATE_VM
struct CreateVmOutputs {
  Optional<Fd> fd;
  auto fields() const { return std::tie(fd); }
};
template <class Chooser>
Clause create_vm(State& s, Chooser& choose, std::int64_t type, CreateVmOutputs& out);

/// KVM_CHECK_EXTENSION on /dev/kvm (`vm` none) or on a VM
struct CheckExtensionOutputs {
  std::uint64_t value = 0;
  auto fields() const { return std::tie(value); }
};
template <class Chooser>
Clause check_extension(State& s, Chooser& choose, Optional<Vm> vm, std::uint32_t cap,
                       CheckExtensionOutputs& out);

/// KVM_SET_MEMORY_ATTRIBUTES on a VM. Nothing is tested: private pages have another backing than
/// shared ones.
template <class Chooser>
Clause set_memory_attributes(State& s, Chooser& choose, Vm vm, std::uint64_t address,
                             std::uint64_t size, std::uint64_t attributes, std::uint64_t flags,
                             Ptr ptr, bool injected);

/// KVM_CREATE_GUEST_MEMFD. reserved[] is not looked at.
struct CreateGuestMemfdOutputs {
  Optional<Fd> fd;
  auto fields() const { return std::tie(fd); }
};
template <class Chooser>
Clause create_guest_memfd(State& s, Chooser& choose, Process proc, Optional<Vm> vm,
                          std::uint64_t size, std::uint64_t flags, Ptr ptr, bool injected,
                          CreateGuestMemfdOutputs& out);

/// dup: the new descriptor refers to the same file.
struct DupOutputs {
  Optional<Fd> copy;
  auto fields() const { return std::tie(copy); }
};
template <class Chooser>
Clause dup(State& s, Chooser& choose, Process proc, Optional<Fd> fd, DupOutputs& out);

/// close. With the last reference to a file, mappings included, the file and its pages end.
template <class Chooser>
Clause close(State& s, Chooser& choose, Process proc, Optional<Fd> fd);

/// fork: the child gets descriptors and mappings. Page-table entries of shared mappings are not
/// copied; they fault in later.
struct ForkOutputs {
  Process child;
  auto fields() const { return std::tie(child); }
};
template <class Chooser>
Clause fork(State& s, Chooser& choose, Process proc, ForkOutputs& out);

/// exit of a process that has closed its descriptors and unmapped its mappings, each as `close` and
/// `munmap` do.
template <class Chooser>
Clause exit_process(State& s, Chooser& choose, Process proc);

/// fstat: i_blocks is never counted.
struct FstatOutputs {
  Optional<std::uint64_t> st_size;
  Optional<std::uint64_t> st_blocks;
  Optional<std::uint32_t> st_mode;
  Optional<std::uint32_t> st_nlink;
  auto fields() const { return std::tie(st_size, st_blocks, st_mode, st_nlink); }
};
template <class Chooser>
Clause fstat(State& s, Chooser& choose, Process proc, Optional<Fd> fd, FstatOutputs& out);

struct FileCallOutputs {
  Optional<std::uint64_t> value;
  auto fields() const { return std::tie(value); }
};
template <class Chooser>
Clause file_call(State& s, Chooser& choose, Process proc, Optional<Fd> fd, FileCall which,
                 FileCallOutputs& out);

/// Any ioctl on a descriptor that is closed.
template <class Chooser>
Clause ioctl_on_closed(State& s, Chooser& choose, Process proc, Optional<Fd> fd);

/// An ioctl that a guest_memfd does not know.
template <class Chooser>
Clause unknown_gmem_ioctl(State& s, Chooser& choose);

/// kvm_gmem_set_attributes. `error_offset` is a field of the caller's struct: `error_offset_in`
/// before the call, written only with ENOMEM and EAGAIN, and then EFAULT is what the caller sees if
/// that cannot be done.
struct SetMemoryAttributes2Outputs {
  std::uint64_t error_offset = 0;
  auto fields() const { return std::tie(error_offset); }
};
template <class Chooser>
Clause set_memory_attributes2(State& s, Chooser& choose, Process proc, Optional<Fd> fd,
                              Optional<FdWord> word, std::uint64_t offset, std::uint64_t size,
                              std::uint64_t attributes, std::uint64_t flags, bool reserved_nonzero,
                              Ptr ptr, bool injected, std::uint64_t error_offset_in,
                              SetMemoryAttributes2Outputs& out);

/// KVM_SET_USER_MEMORY_REGION2. pad1 and pad2 are not looked at. Address space 1 (SMM) is not
/// modelled.
template <class Chooser>
Clause set_user_memory_region2(State& s, Chooser& choose, Process proc, Vm vm, std::uint32_t slot,
                               std::uint32_t flags, std::uint64_t gpa, std::uint64_t size,
                               Optional<Mapping> hva, std::uint64_t hva_offset,
                               Optional<HvaWord> hva_word, Optional<Fd> fd, Optional<FdWord> word,
                               std::uint64_t gmem_offset, bool injected);

/// mmap. The attributes of the pages are not asked, nor whether they are inside the file.
struct MmapOutputs {
  Optional<Mapping> m;
  auto fields() const { return std::tie(m); }
};
template <class Chooser>
Clause mmap(State& s, Chooser& choose, Process proc, Optional<Fd> fd, std::uint64_t length,
            std::uint32_t protection, std::uint32_t flags, std::uint64_t offset, bool injected,
            MmapOutputs& out);

/// New zeroed memory that is no guest_memfd: what a trace's mapping without an mmap is.
struct OrdinaryMemoryOutputs {
  Mapping m;
  auto fields() const { return std::tie(m); }
};
template <class Chooser>
Clause ordinary_memory(State& s, Chooser& choose, Process proc, std::uint64_t size,
                       OrdinaryMemoryOutputs& out);

/// munmap of a part of what was mapped, in the caller only. Holes are no error.
template <class Chooser>
Clause munmap(State& s, Chooser& choose, Process proc, Mapping m, std::uint64_t offset,
              std::uint64_t length);

/// mprotect of one page. Page-table entries that forbid less are taken away, others stay.
template <class Chooser>
Clause mprotect(State& s, Chooser& choose, Process proc, Mapping m, MapPage at,
                std::uint32_t protection);

/// fallocate(2)
template <class Chooser>
Clause fallocate(State& s, Chooser& choose, Process proc, Optional<Fd> fd, std::uint32_t mode,
                 std::int64_t offset, std::int64_t length, bool injected);

/// vmsplice of `n` pages into a pipe, which of none takes nothing: short if a page after the first
/// cannot be had.
struct PinOutputs {
  Optional<Pin> k;
  Optional<std::uint64_t> bytes;
  auto fields() const { return std::tie(k, bytes); }
};
template <class Chooser>
Clause pin(State& s, Chooser& choose, Process proc, Mapping m, MapPage at, std::uint64_t n,
           bool injected, PinOutputs& out);

/// Byte 0 of the `nth` page in the pipe
struct PinByteOutputs {
  Lazy<Optional<std::uint8_t>> byte = Optional<std::uint8_t>{};
  auto fields() const { return std::tie(byte); }
};
template <class Chooser>
Clause pin_byte(State& s, Chooser& choose, Pin k, std::uint64_t nth, PinByteOutputs& out);

/// The rest of a read of the pipe: each page that was read is given back.
struct PinDrainOutputs {
  Optional<std::uint64_t> bytes;
  auto fields() const { return std::tie(bytes); }
};
template <class Chooser>
Clause pin_drain(State& s, Chooser& choose, Pin k, PinDrainOutputs& out);

/// The pipe is closed.
template <class Chooser>
Clause unpin(State& s, Chooser& choose, Pin k);

/// IORING_REGISTER_BUFFERS: a long-term pin of all the pages or of none.
template <class Chooser>
Clause io_uring_register_buffers(State& s, Chooser& choose, Process proc, Mapping m, MapPage at,
                                 std::uint64_t n);

/// IORING_UNREGISTER_BUFFERS
template <class Chooser>
Clause io_uring_unregister_buffers(State& s, Chooser& choose);

/// io_uring_setup: a ring without buffers, the one that is used from now on. Buffers of an older
/// one stay registered with it.
template <class Chooser>
Clause io_uring_setup(State& s, Chooser& choose);

/// One byte of the page is read by the kernel.
template <class Chooser>
Clause kernel_read(State& s, Chooser& choose, Process proc, Mapping m, MapPage at, AccessPath path);

/// Byte 0 of the page is written by the kernel, with a value that the log does not show.
template <class Chooser>
Clause kernel_write(State& s, Chooser& choose, Process proc, Mapping m, MapPage at,
                    AccessPath path);

/// mlock of one page. It does not make the page busy.
template <class Chooser>
Clause mlock(State& s, Chooser& choose, Process proc, Mapping m, MapPage at);

/// munlock of one page
template <class Chooser>
Clause munlock(State& s, Chooser& choose, Process proc, Mapping m, MapPage at);

/// msync of one page: the file has no fsync.
template <class Chooser>
Clause msync(State& s, Chooser& choose, Process proc, Mapping m, MapPage at);

/// mincore of one page
struct MincoreOutputs {
  Lazy<Optional<bool>> resident = Optional<bool>{};
  auto fields() const { return std::tie(resident); }
};
template <class Chooser>
Clause mincore(State& s, Chooser& choose, Process proc, Mapping m, MapPage at, MincoreOutputs& out);

/// madvise of one page
template <class Chooser>
Clause madvise(State& s, Chooser& choose, Process proc, Mapping m, MapPage at,
               std::uint32_t advice);

/// KVM_RUN until the vCPU has read one byte, or cannot. What the log's user space answers to MMIO
/// is 0.
struct GuestReadOutputs {
  GuestExit end = GuestExit::kCompleted;
  Lazy<Optional<std::uint8_t>> value = Optional<std::uint8_t>{};
  Optional<std::uint64_t> fault_flags;
  Optional<std::uint64_t> fault_gpa;
  Optional<std::uint64_t> fault_size;
  Optional<std::uint64_t> mmio_gpa;
  Optional<bool> mmio_write;
  Optional<std::uint32_t> exit_reason;
  auto fields() const {
    return std::tie(end, value, fault_flags, fault_gpa, fault_size, mmio_gpa, mmio_write,
                    exit_reason);
  }
};
template <class Chooser>
Clause guest_read(State& s, Chooser& choose, Vm vm, std::uint64_t gpa, bool injected,
                  GuestReadOutputs& out);

/// KVM_RUN until the vCPU has written one byte, or cannot
struct GuestWriteOutputs {
  GuestExit end = GuestExit::kCompleted;
  Optional<std::uint64_t> fault_flags;
  Optional<std::uint64_t> fault_gpa;
  Optional<std::uint64_t> fault_size;
  Optional<std::uint64_t> mmio_gpa;
  Optional<bool> mmio_write;
  Optional<std::uint32_t> exit_reason;
  auto fields() const {
    return std::tie(end, fault_flags, fault_gpa, fault_size, mmio_gpa, mmio_write, exit_reason);
  }
};
template <class Chooser>
Clause guest_write(State& s, Chooser& choose, Vm vm, std::uint64_t gpa, std::uint8_t byte,
                   bool injected, GuestWriteOutputs& out);

/// KVM_PRE_FAULT_MEMORY: page by page until one fails; success if any page was done. The struct
/// says what is left.
struct PreFaultMemoryOutputs {
  std::uint64_t gpa_out = 0;
  std::uint64_t size_out = 0;
  auto fields() const { return std::tie(gpa_out, size_out); }
};
template <class Chooser>
Clause pre_fault_memory(State& s, Chooser& choose, Vm vm, std::uint64_t gpa, std::uint64_t size,
                        bool injected, PreFaultMemoryOutputs& out);

}  // namespace gms::model::inplace_v7
