// What the rules are about: numbers of the ABI, kinds of values, objects, and what distinguishes one kernel from another.

const PAGE_SHIFT : u64 = 12
const PAGE_SIZE : u64 = 4096
const TASK_SIZE_MAX : u64 = 0x7ffffffff000                // x86-64 with four levels of page tables
const S_MAXBYTES : u64 = 0x7fffffffffffffff               // MAX_LFS_FILESIZE: the pseudo file systems' limit
const KVM_USER_MEM_SLOTS : u32 = 32764
const KVM_MEM_MAX_NR_PAGES : u64 = 0x7fffffff
const KVM_X86_DEFAULT_VM : u32 = 0
const KVM_X86_SW_PROTECTED_VM : u32 = 1

/// KVM_CREATE_GUEST_MEMFD
flags GmemFlags : u64 { GUEST_MEMFD_FLAG_MMAP = 1 << 0, GUEST_MEMFD_FLAG_INIT_SHARED = 1 << 1 }
/// KVM_SET_USER_MEMORY_REGION2
flags MemFlags : u32 { KVM_MEM_LOG_DIRTY_PAGES = 1 << 0, KVM_MEM_READONLY = 1 << 1, KVM_MEM_GUEST_MEMFD = 1 << 2 }
/// KVM_SET_MEMORY_ATTRIBUTES and its successor
flags MemAttr : u64 { KVM_MEMORY_ATTRIBUTE_PRIVATE = 1 << 3 }
/// kvm_run.memory_fault.flags
flags FaultFlags : u64 { KVM_MEMORY_EXIT_FLAG_PRIVATE = 1 << 3 }
flags FallocMode : u32 {
  FALLOC_FL_KEEP_SIZE = 0x01, FALLOC_FL_PUNCH_HOLE = 0x02, FALLOC_FL_COLLAPSE_RANGE = 0x08, FALLOC_FL_ZERO_RANGE = 0x10,
  FALLOC_FL_INSERT_RANGE = 0x20, FALLOC_FL_UNSHARE_RANGE = 0x40, FALLOC_FL_WRITE_ZEROES = 0x80
}
flags ProtFlags : u32 { PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4, PROT_SEM = 8, PROT_GROWSDOWN = 0x1000000, PROT_GROWSUP = 0x2000000 }
flags MapFlags : u32 {
  MAP_SHARED = 0x01, MAP_PRIVATE = 0x02, MAP_SHARED_VALIDATE = 0x03, MAP_TYPE = 0x0f, MAP_LOCKED = 0x2000,
  MAP_POPULATE = 0x8000, MAP_NONBLOCK = 0x10000, MAP_HUGETLB = 0x40000, MAP_SYNC = 0x80000
}

/// Whether the host may touch a page (shared) or only the guest (private).
enum Sharing { shared, private }
/// What a vCPU's page tables hold for a page that came from a guest_memfd.
enum Stage2 { unmapped, maps_shared, maps_private }
/// A pin's reference to a page: none, to the folio that is in the page cache, to one that the cache has lost.
enum Hold { absent, holds, orphan }
/// How a user access ends.
enum Signal { no_signal "ok", SIGBUS, SIGSEGV }
/// How KVM_RUN ends after one guest access. `other_exit`: any other exit_reason.
enum GuestExit { completed "ok", mmio, memory_fault, other_exit "exit" }

/// An address space. `fork` makes one.
domain Process
/// A call in flight.
domain Call
/// A virtual machine. It lives as long as its vCPU descriptors, whose end no trace shows: never destroyed here.
domain Vm
/// A descriptor: of a VM, or of a guest_memfd. `dup` makes another one of the same file.
domain Fd
/// A guest_memfd's inode, which has exactly one open file (a second open is ENXIO); or ordinary memory (`inode_vm` none).
domain Inode
/// A memory slot; a new one for each binding.
domain Slot
/// What one mmap made; each process that has it sees its own part and protection of it.
domain Mapping
/// References to pages that user space holds through another subsystem: a pipe, registered buffers.
domain Pin

/// A page of an inode, counted from the file's start.
index Page : u52
/// A page of a mapping, counted from the mapping's start.
index MapPage : u52
/// The id of a slot in address space 0: the low 16 bits of `slot`.
index SlotId : u16
/// A guest frame number.
index Gfn : u52

/// CONFIG_KVM_SW_PROTECTED_VM: VM type 1, and with it memory attributes, exist.
param sw_protected_vm : bool = false
/// Two-dimensional paging: KVM_PRE_FAULT_MEMORY works.
param tdp : bool = false
/// CONFIG_KSM: MADV_MERGEABLE is known.
param ksm : bool = false
/// log2 of the pages in a folio. 6.18 and the v7 series: 0.
param folio_order : u64 = 0 in [0]
/// Allocations and user copies may fail where no trace says that a fault was injected.
param assume_faults : bool = false

/// A guest access to a gfn without a slot leaves an MMIO entry in the page tables. While it is there, an access of a software-protected VM
/// takes the reserved-bit path, which does not consult the attributes: a private gfn reports a shared memory fault. Only a
/// mapping that is installed at the gfn removes the entry.
quirk stale_mmio

fn page_aligned(bytes : u64) -> bool = bytes & (PAGE_SIZE - 1) == 0
fn wraps(start : u64, length : u64) -> bool = start + length < start
/// An allocation or a user copy may fail here.
fn faulty(injected : bool) -> bool = injected or assume_faults
