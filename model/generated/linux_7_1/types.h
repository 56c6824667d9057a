// The kinds of values of linux_7_1: enums, objects, indices, parameters.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"
#include "model/runtime/handles.h"

namespace gms::model::linux_7_1 {

/// Whether the host may touch a page (shared) or only the guest (private).
enum class Sharing : std::uint8_t {
  kShared = 0,
  kPrivate = 1,
};

/// What a vCPU's page tables hold for a page that came from a guest_memfd.
enum class Stage2 : std::uint8_t {
  kUnmapped = 0,
  kMapsShared = 1,
  kMapsPrivate = 2,
};

/// A pin's reference to a page: none, to the folio that is in the page cache, to one that the cache
/// has lost.
enum class Hold : std::uint8_t {
  kAbsent = 0,
  kHolds = 1,
  kOrphan = 2,
};

/// How a user access ends.
enum class Signal : std::uint8_t {
  kNoSignal = 0,  // "ok"
  kSIGBUS = 1,
  kSIGSEGV = 2,
};

/// How KVM_RUN ends after one guest access. `other_exit`: any other exit_reason.
enum class GuestExit : std::uint8_t {
  kCompleted = 0,  // "ok"
  kMmio = 1,
  kMemoryFault = 2,
  kOtherExit = 3,  // "exit"
};

/// Descriptors that no event made.
enum class FdWord : std::uint8_t {
  kBadFd = 0,       // "fd -1"
  kNoFd = 1,        // "none"
  kDevKvm = 2,      // "dev-kvm"
  kDevKvmPath = 3,  // "/dev/kvm"
  kKvmDevice = 4,   // "kvm"
  kVmFd = 5,        // "vm-fd"
  kAVmFd = 6,       // "vm fd"
  kOtherFile = 7,   // "fd 0 (not gmem)"
};

/// userspace_addr: mappings that no event made.
enum class HvaWord : std::uint8_t {
  kHvaNull = 0,       // "0"
  kHvaAnon = 1,       // "anon"
  kHvaUnaligned = 2,  // "anon+1"
  kHvaGmem = 3,       // "gmem mapping"
};

/// The pointer passed to an ioctl. From a page that is read only a struct can be read.
enum class Ptr : std::uint8_t {
  kPtrOk = 0,            // "ok"
  kPtrAtEnd = 1,         // "struct ends at end of mapping"
  kPtrReadOnly = 2,      // "struct in read-only memory (success expected to need no write)"
  kPtrReadOnlyBusy = 3,  // "struct in read-only memory, EAGAIN case"
  kPtr8 = 4,             // "0x8"
  kPtr16 = 5,            // "0x10"
  kPtrNull = 6,          // "NULL"
  kPtrKernel = 7,        // "kernel address"
  kPtrTop = 8,           // "top of user"
  kPtrCrosses = 9,       // "struct crosses into unmapped page"
};

/// Which process an access belongs to, if not the first.
enum class ProcessWord : std::uint8_t {
  kChildProcess = 0,  // "child"
};

/// Which descriptor an ioctl was made on.
enum class OnWord : std::uint8_t {
  kOnGmem = 0,  // "gmem"
  kOnVm = 1,    // "vm"
};

/// An ioctl that no guest_memfd knows.
enum class OtherIoctl : std::uint8_t {
  kAttributes2Of120Bytes = 0,  // "0xd2 with size 120"
  kAttributes2Of136Bytes = 1,  // "0xd2 with size 136"
  kCheckExtensionOnGmem = 2,   // "KVM_CHECK_EXTENSION"
  kGetApiVersion = 3,          // "KVM_GET_API_VERSION"
};

/// readlink of /proc/self/fd/N
enum class FdLink : std::uint8_t {
  kGmemInode = 0,  // "/[kvm-gmem] (deleted)"
  kAnonInode = 1,  // "anon_inode:[kvm-gmem]"
};

enum class FileAdvice : std::uint8_t {
  kDONTNEED = 0,
};

/// Prose beside a registration of buffers.
enum class PageState : std::uint8_t {
  kStatePrivate = 0,  // "private"
};

/// Who asks for a page: a load or store, or the kernel in its place; get_user_pages, which reads
/// only what may be read (VM_READ); get_user_pages_fast, which looks at the page tables first; or
/// FOLL_FORCE, which reads what may be made readable.
enum class Need : std::uint8_t {
  kLoad = 0,
  kStore = 1,
  kGupRead = 2,
  kGupFast = 3,
  kForcedRead = 4,
};

/// The calls that a guest_memfd's file has no use for.
enum class FileCall : std::uint8_t {
  kCallRead = 0,
  kCallWrite = 1,
  kCallPread = 2,
  kCallPwrite = 3,
  kCallLseek = 4,
  kCallFtruncate = 5,
  kCallFchmod = 6,
  kCallFsync = 7,
  kCallAddSeals = 8,
  kCallReopen = 9,
  kCallGetfd = 10,
  kCallGetfl = 11,
  kCallFadvise = 12,
};

/// By what a failure is called: a copy from or to user memory (write, read), process_vm_readv and
/// process_vm_writev; /proc/PID/mem.
enum class AccessPath : std::uint8_t {
  kCopyUser = 0,
  kRemoteVm = 1,
  kProcMem = 2,
};

struct ProcessTag;
/// An address space. `fork` makes one.
using Process = Handle<ProcessTag>;

struct VmTag;
/// A virtual machine. It lives as long as its vCPU descriptors, whose end no trace shows: never
/// destroyed here.
using Vm = Handle<VmTag>;

struct FdTag;
/// A descriptor: of a VM, or of a guest_memfd. `dup` makes another one of the same file.
using Fd = Handle<FdTag>;

struct InodeTag;
/// A guest_memfd's inode, which has exactly one open file (a second open is ENXIO); or ordinary
/// memory (`inode_vm` none).
using Inode = Handle<InodeTag>;

struct SlotTag;
/// A memory slot; a new one for each binding.
using Slot = Handle<SlotTag>;

struct MappingTag;
/// What one mmap made; each process that has it sees its own part and protection of it.
using Mapping = Handle<MappingTag>;

struct PinTag;
/// References to pages that user space holds through another subsystem: a pipe, registered buffers.
using Pin = Handle<PinTag>;

/// A page of an inode, counted from the file's start.
using Page = std::uint64_t;  // 52 bits
/// A page of a mapping, counted from the mapping's start.
using MapPage = std::uint64_t;  // 52 bits
/// The id of a slot in address space 0: the low 16 bits of `slot`.
using SlotId = std::uint64_t;  // 16 bits
/// A guest frame number.
using Gfn = std::uint64_t;  // 52 bits

/// What distinguishes one kernel from another; fixed for a run.
struct Params {
  /// The traced kernel has CONFIG_KVM_SW_PROTECTED_VM.
  bool sw_protected_vm = true;
  bool tdp = true;
  /// CONFIG_KSM: MADV_MERGEABLE is known.
  bool ksm = false;
  /// log2 of the pages in a folio. 6.18 and the v7 series: 0.
  std::uint64_t folio_order = 0;
  /// Allocations and user copies may fail where no trace says that a fault was injected.
  bool assume_faults = false;
  /// A guest access to a gfn without a slot leaves an MMIO entry in the page tables. While it is
  /// there, an access of a software-protected VM takes the reserved-bit path, which does not
  /// consult the attributes: a private gfn reports a shared memory fault. Only a mapping that is
  /// installed at the gfn removes the entry.
  bool stale_mmio = false;  // a quirk
};

}  // namespace gms::model::linux_7_1
