// The compiled model of inplace_v7: its names, and its actions by number.
#include "model/generated/inplace_v7/model.h"

#include <array>
#include <string_view>
#include <vector>

#include "model/generated/inplace_v7/actions.h"
#include "model/generated/inplace_v7/events.h"
#include "model/generated/inplace_v7/slots.h"
#include "model/generated/inplace_v7/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::inplace_v7 {
namespace {

using Names = std::string_view;

constexpr std::array<Names, 8> kParams = {"sw_protected_vm",
                                          "tdp",
                                          "ksm",
                                          "folio_order",
                                          "assume_faults",
                                          "stale_mmio",
                                          "vm_memory_attributes",
                                          "default_vm_private"};
constexpr std::array<Names, 7> kDomains = {"Process", "Vm",      "Fd", "Inode",
                                           "Slot",    "Mapping", "Pin"};
constexpr std::array<Names, 45> kStates = {
    "first_process", "newest_child",   "fd_open",       "fd_inode",
    "fd_vm",         "newest_vm",      "vm_type",       "vm_process",
    "vm_private",    "mmio_spte",      "slot_of",       "slot_at",
    "slot_vm",       "slot_id",        "slot_base",     "slot_npages",
    "slot_flags",    "slot_inode",     "slot_first",    "slot_gmem_only",
    "slot_hva",      "slot_hva_first", "slot_hva_word", "stage2",
    "inode_vm",      "inode_flags",    "npages",        "bindings",
    "sharing",       "cached",         "partly_filled", "content",
    "frame",         "map_inode",      "map_first",     "map_npages",
    "vma",           "prot",           "mapped",        "pin_inode",
    "pin_first",     "pin_end",        "hold",          "orphan_byte",
    "ring_buffers"};
constexpr std::array<Names, 38> kActions = {"host_read",
                                            "host_write",
                                            "pagemap",
                                            "create_vm",
                                            "check_extension",
                                            "set_memory_attributes",
                                            "create_guest_memfd",
                                            "dup",
                                            "close",
                                            "fork",
                                            "exit_process",
                                            "fstat",
                                            "file_call",
                                            "unknown_gmem_ioctl",
                                            "set_memory_attributes2",
                                            "set_user_memory_region2",
                                            "mmap",
                                            "ordinary_memory",
                                            "munmap",
                                            "mprotect",
                                            "fallocate",
                                            "pin",
                                            "pin_byte",
                                            "pin_drain",
                                            "unpin",
                                            "io_uring_register_buffers",
                                            "io_uring_unregister_buffers",
                                            "io_uring_setup",
                                            "kernel_read",
                                            "kernel_write",
                                            "mlock",
                                            "munlock",
                                            "msync",
                                            "mincore",
                                            "madvise",
                                            "guest_read",
                                            "guest_write",
                                            "pre_fault_memory"};
constexpr std::array<Names, 171> kClauses = {"fallocate_inode.bad_range",
                                             "fallocate_inode.bad_mode",
                                             "fallocate_inode.bad_combination",
                                             "fallocate_inode.too_big",
                                             "fallocate_inode.no_keep_size",
                                             "fallocate_inode.other_mode",
                                             "fallocate_inode.unaligned",
                                             "fallocate_inode.past_end",
                                             "fallocate_inode.signal",
                                             "fallocate_inode.no_memory",
                                             "host_read.ok",
                                             "host_write.ok",
                                             "pagemap.ok",
                                             "create_vm.bad_type",
                                             "create_vm.ok",
                                             "check_extension.ok",
                                             "set_memory_attributes.no_attributes",
                                             "set_memory_attributes.copy_in",
                                             "set_memory_attributes.copy_in_fault",
                                             "set_memory_attributes.bad_flags",
                                             "set_memory_attributes.bad_attributes",
                                             "set_memory_attributes.empty_range",
                                             "set_memory_attributes.unaligned",
                                             "set_memory_attributes.equal",
                                             "set_memory_attributes.no_memory",
                                             "set_memory_attributes.ok",
                                             "create_guest_memfd.not_a_vm",
                                             "create_guest_memfd.copy_in",
                                             "create_guest_memfd.copy_in_fault",
                                             "create_guest_memfd.bad_flags",
                                             "create_guest_memfd.bad_size",
                                             "create_guest_memfd.no_memory",
                                             "create_guest_memfd.ok",
                                             "dup.no_fd",
                                             "dup.ok",
                                             "close.no_fd",
                                             "close.ok",
                                             "fork.ok",
                                             "exit_process.ok",
                                             "fstat.no_fd",
                                             "fstat.not_gmem",
                                             "fstat.ok",
                                             "file_call.no_fd",
                                             "file_call.no_read_write",
                                             "file_call.no_position",
                                             "file_call.no_setattr",
                                             "file_call.no_fsync",
                                             "file_call.no_seals",
                                             "file_call.no_open",
                                             "file_call.ok",
                                             "unknown_gmem_ioctl.unknown",
                                             "set_memory_attributes2.on_dev_kvm",
                                             "set_memory_attributes2.on_vm",
                                             "set_memory_attributes2.no_fd",
                                             "set_memory_attributes2.per_vm",
                                             "set_memory_attributes2.not_gmem",
                                             "set_memory_attributes2.copy_in",
                                             "set_memory_attributes2.copy_in_fault",
                                             "set_memory_attributes2.bad_flags",
                                             "set_memory_attributes2.bad_reserved",
                                             "set_memory_attributes2.bad_attributes",
                                             "set_memory_attributes2.empty_range",
                                             "set_memory_attributes2.unaligned",
                                             "set_memory_attributes2.past_end",
                                             "set_memory_attributes2.equal",
                                             "set_memory_attributes2.no_memory_unreported",
                                             "set_memory_attributes2.no_memory",
                                             "set_memory_attributes2.busy_unreported",
                                             "set_memory_attributes2.busy_copy_out_fault",
                                             "set_memory_attributes2.busy",
                                             "set_memory_attributes2.ok",
                                             "set_user_memory_region2.copy_in",
                                             "set_user_memory_region2.bad_slot",
                                             "set_user_memory_region2.bad_flags",
                                             "set_user_memory_region2.size_unaligned",
                                             "set_user_memory_region2.gpa_unaligned",
                                             "set_user_memory_region2.hva_unaligned",
                                             "set_user_memory_region2.hva_range",
                                             "set_user_memory_region2.bad_gmem_offset",
                                             "set_user_memory_region2.bad_address_space",
                                             "set_user_memory_region2.gpa_wraps",
                                             "set_user_memory_region2.too_many_pages",
                                             "set_user_memory_region2.delete_none",
                                             "set_user_memory_region2.delete_no_memory",
                                             "set_user_memory_region2.deleted",
                                             "set_user_memory_region2.gmem_exists",
                                             "set_user_memory_region2.old_gmem",
                                             "set_user_memory_region2.differs",
                                             "set_user_memory_region2.overlap",
                                             "set_user_memory_region2.no_memory",
                                             "set_user_memory_region2.changed",
                                             "set_user_memory_region2.bind_fd",
                                             "set_user_memory_region2.bind_not_gmem",
                                             "set_user_memory_region2.bind_other_vm",
                                             "set_user_memory_region2.bind_negative",
                                             "set_user_memory_region2.bind_past_end",
                                             "set_user_memory_region2.bind_overlap",
                                             "set_user_memory_region2.ok",
                                             "mmap.offset_unaligned",
                                             "mmap.no_fd",
                                             "mmap.hugetlb",
                                             "mmap.zero_length",
                                             "mmap.too_long",
                                             "mmap.offset_too_big",
                                             "mmap.bad_type",
                                             "mmap.bad_flag",
                                             "mmap.noexec",
                                             "mmap.no_memory",
                                             "mmap.not_gmem",
                                             "mmap.no_mmap",
                                             "mmap.not_shared",
                                             "mmap.ok",
                                             "ordinary_memory.ok",
                                             "munmap.unaligned",
                                             "munmap.zero_length",
                                             "munmap.ok",
                                             "mprotect.not_mapped",
                                             "mprotect.noexec",
                                             "mprotect.ok",
                                             "fallocate.no_fd",
                                             "fallocate.not_gmem",
                                             "fallocate.ok",
                                             "pin.no_memory",
                                             "pin.no_page",
                                             "pin.ok",
                                             "pin_byte.no_page",
                                             "pin_byte.ok",
                                             "pin_drain.ok",
                                             "unpin.no_pin",
                                             "unpin.ok",
                                             "io_uring_register_buffers.registered",
                                             "io_uring_register_buffers.no_page",
                                             "io_uring_register_buffers.ok",
                                             "io_uring_unregister_buffers.none_registered",
                                             "io_uring_unregister_buffers.ok",
                                             "io_uring_setup.ok",
                                             "kernel_read.no_page_proc_mem",
                                             "kernel_read.no_page",
                                             "kernel_read.ok",
                                             "kernel_write.no_page_proc_mem",
                                             "kernel_write.no_page",
                                             "kernel_write.ok",
                                             "mlock.no_page",
                                             "mlock.ok",
                                             "munlock.ok",
                                             "msync.no_fsync",
                                             "mincore.ok",
                                             "madvise.no_ksm",
                                             "madvise.anonymous_only",
                                             "madvise.unknown_advice",
                                             "madvise.no_page",
                                             "madvise.populated",
                                             "madvise.not_mapped",
                                             "madvise.removed",
                                             "madvise.ok",
                                             "guest_read.no_memory",
                                             "guest_read.memory_fault_exit",
                                             "guest_read.bad_hva",
                                             "guest_read.ok",
                                             "guest_write.no_memory",
                                             "guest_write.memory_fault_exit",
                                             "guest_write.bad_hva",
                                             "guest_write.ok",
                                             "pre_fault_memory.copy_in",
                                             "pre_fault_memory.unaligned",
                                             "pre_fault_memory.empty_range",
                                             "pre_fault_memory.no_tdp",
                                             "pre_fault_memory.copy_out",
                                             "pre_fault_memory.no_slot",
                                             "pre_fault_memory.no_page",
                                             "pre_fault_memory.ok"};
constexpr std::array<Names, 57> kEvents = {"meta",
                                           "note",
                                           "create_vm",
                                           "check_extension",
                                           "set_attr1",
                                           "set_region2",
                                           "create_gmem",
                                           "dup",
                                           "close",
                                           "fork",
                                           "fstat",
                                           "read",
                                           "write",
                                           "pread",
                                           "pwrite",
                                           "lseek_set",
                                           "lseek_end",
                                           "lseek_data",
                                           "lseek_hole",
                                           "ftruncate",
                                           "fchmod",
                                           "fsync",
                                           "fcntl_add_seals",
                                           "open_proc_fd",
                                           "posix_fadvise",
                                           "fcntl_getfd",
                                           "fcntl_getfl",
                                           "ioctl_other",
                                           "set_attr2",
                                           "fallocate",
                                           "mmap",
                                           "munmap",
                                           "mprotect",
                                           "host_read",
                                           "host_write",
                                           "pagemap",
                                           "pin",
                                           "pin_read",
                                           "unpin",
                                           "io_uring_setup",
                                           "io_uring_register_buffers",
                                           "io_uring_unregister_buffers",
                                           "write_from_page",
                                           "read_into_page",
                                           "process_vm_readv",
                                           "process_vm_writev",
                                           "proc_mem_pread",
                                           "proc_mem_pwrite",
                                           "mlock",
                                           "munlock",
                                           "msync",
                                           "mincore",
                                           "madvise",
                                           "guest_read",
                                           "guest_write",
                                           "guest_rmw",
                                           "prefault"};
constexpr std::array<Names, 74> kSlots = {"op",
                                          "seq",
                                          "tid",
                                          "round",
                                          "t_begin",
                                          "t_end",
                                          "fail_nth",
                                          "vcpu",
                                          "vm",
                                          "type",
                                          "ret",
                                          "errno",
                                          "on",
                                          "cap",
                                          "address",
                                          "size",
                                          "attributes",
                                          "flags",
                                          "injected",
                                          "slot",
                                          "gpa",
                                          "hva",
                                          "gmem",
                                          "gmem_offset",
                                          "reserved_index",
                                          "ptr",
                                          "new",
                                          "obj",
                                          "st_size",
                                          "st_blocks",
                                          "st_mode",
                                          "st_nlink",
                                          "length",
                                          "link",
                                          "advice",
                                          "request",
                                          "offset",
                                          "reserved_nonzero",
                                          "error_offset_in",
                                          "error_offset",
                                          "other_fields_changed",
                                          "mode",
                                          "map",
                                          "prot",
                                          "map_offset",
                                          "page",
                                          "byte",
                                          "process",
                                          "result",
                                          "si_code",
                                          "si_addr_page",
                                          "value",
                                          "npages",
                                          "ptes",
                                          "ptes.page",
                                          "ptes.present",
                                          "ptes.pfn",
                                          "pin",
                                          "values",
                                          "state",
                                          "vec0",
                                          "fault",
                                          "fault.flags",
                                          "fault.gpa",
                                          "fault.size",
                                          "mmio",
                                          "mmio.phys_addr",
                                          "mmio.len",
                                          "mmio.is_write",
                                          "exit_reason",
                                          "suberror",
                                          "write_value",
                                          "gpa_out",
                                          "size_out"};
constexpr std::uint16_t kSlotsOfOnMeta[] = {kSlotOp,     kSlotSeq,  kSlotTid,     kSlotRound,
                                            kSlotTBegin, kSlotTEnd, kSlotFailNth, kSlotVcpu};
constexpr std::uint16_t kSlotsOfOnNote[] = {kSlotOp,     kSlotSeq,  kSlotTid,     kSlotRound,
                                            kSlotTBegin, kSlotTEnd, kSlotFailNth, kSlotVcpu};
constexpr std::uint16_t kSlotsOfOnCreateVm[] = {kSlotOp,     kSlotSeq,  kSlotTid,     kSlotRound,
                                                kSlotTBegin, kSlotTEnd, kSlotFailNth, kSlotVcpu,
                                                kSlotVm,     kSlotType, kSlotRet,     kSlotErrno};
constexpr std::uint16_t kSlotsOfOnCheckExtension[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotOn,     kSlotCap};
constexpr std::uint16_t kSlotsOfOnSetAttr1[] = {
    kSlotOp,      kSlotSeq,        kSlotTid,   kSlotRound,   kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu,       kSlotRet,   kSlotErrno,   kSlotOn,     kSlotAddress,
    kSlotSize,    kSlotAttributes, kSlotFlags, kSlotInjected};
constexpr std::uint16_t kSlotsOfOnSetRegion2[] = {
    kSlotOp,   kSlotSeq, kSlotTid, kSlotRound, kSlotTBegin,    kSlotTEnd,  kSlotFailNth,
    kSlotVcpu, kSlotVm,  kSlotRet, kSlotErrno, kSlotSize,      kSlotFlags, kSlotInjected,
    kSlotSlot, kSlotGpa, kSlotHva, kSlotGmem,  kSlotGmemOffset};
constexpr std::uint16_t kSlotsOfOnCreateGmem[] = {
    kSlotOp,      kSlotSeq,      kSlotTid,  kSlotRound,         kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu,     kSlotVm,   kSlotRet,           kSlotErrno,  kSlotSize,
    kSlotFlags,   kSlotInjected, kSlotGmem, kSlotReservedIndex, kSlotPtr};
constexpr std::uint16_t kSlotsOfOnDup[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                           kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                           kSlotRet,    kSlotErrno, kSlotGmem,    kSlotNew};
constexpr std::uint16_t kSlotsOfOnClose[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                             kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                             kSlotRet,    kSlotErrno, kSlotObj};
constexpr std::uint16_t kSlotsOfOnFork[] = {kSlotOp,     kSlotSeq,  kSlotTid,     kSlotRound,
                                            kSlotTBegin, kSlotTEnd, kSlotFailNth, kSlotVcpu,
                                            kSlotRet,    kSlotErrno};
constexpr std::uint16_t kSlotsOfOnFstat[] = {kSlotOp,       kSlotSeq,    kSlotTid,     kSlotRound,
                                             kSlotTBegin,   kSlotTEnd,   kSlotFailNth, kSlotVcpu,
                                             kSlotRet,      kSlotErrno,  kSlotGmem,    kSlotStSize,
                                             kSlotStBlocks, kSlotStMode, kSlotStNlink};
constexpr std::uint16_t kSlotsOfOnRead[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                            kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                            kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnWrite[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                             kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                             kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnPread[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                             kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                             kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnPwrite[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                              kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                              kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnLseekSet[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnLseekEnd[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnLseekData[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                 kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                 kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnLseekHole[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                 kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                 kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnFtruncate[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem,   kSlotLength};
constexpr std::uint16_t kSlotsOfOnFchmod[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                              kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                              kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnFsync[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                             kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                             kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnFcntlAddSeals[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnOpenProcFd[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                  kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                  kSlotRet,    kSlotErrno, kSlotGmem,    kSlotLink};
constexpr std::uint16_t kSlotsOfOnPosixFadvise[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem,   kSlotAdvice};
constexpr std::uint16_t kSlotsOfOnFcntlGetfd[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                  kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                  kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnFcntlGetfl[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                  kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                  kSlotRet,    kSlotErrno, kSlotGmem};
constexpr std::uint16_t kSlotsOfOnIoctlOther[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotOn,     kSlotRequest};
constexpr std::uint16_t kSlotsOfOnSetAttr2[] = {kSlotOp,
                                                kSlotSeq,
                                                kSlotTid,
                                                kSlotRound,
                                                kSlotTBegin,
                                                kSlotTEnd,
                                                kSlotFailNth,
                                                kSlotVcpu,
                                                kSlotRet,
                                                kSlotErrno,
                                                kSlotSize,
                                                kSlotAttributes,
                                                kSlotFlags,
                                                kSlotInjected,
                                                kSlotGmem,
                                                kSlotReservedIndex,
                                                kSlotPtr,
                                                kSlotOffset,
                                                kSlotReservedNonzero,
                                                kSlotErrorOffsetIn,
                                                kSlotErrorOffset,
                                                kSlotOtherFieldsChanged};
constexpr std::uint16_t kSlotsOfOnFallocate[] = {
    kSlotOp,       kSlotSeq,     kSlotTid,    kSlotRound,  kSlotTBegin,
    kSlotTEnd,     kSlotFailNth, kSlotVcpu,   kSlotRet,    kSlotErrno,
    kSlotInjected, kSlotGmem,    kSlotLength, kSlotOffset, kSlotMode};
constexpr std::uint16_t kSlotsOfOnMmap[] = {
    kSlotOp,      kSlotSeq,    kSlotTid,    kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu,   kSlotRet,    kSlotErrno, kSlotFlags,  kSlotInjected,
    kSlotGmem,    kSlotLength, kSlotOffset, kSlotMap,   kSlotProt};
constexpr std::uint16_t kSlotsOfOnMunmap[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound,  kSlotTBegin, kSlotTEnd,     kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotLength, kSlotMap,    kSlotMapOffset};
constexpr std::uint16_t kSlotsOfOnMprotect[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound, kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,   kSlotProt,   kSlotPage};
constexpr std::uint16_t kSlotsOfOnHostRead[] = {
    kSlotOp,      kSlotSeq,     kSlotTid,    kSlotRound,  kSlotTBegin,     kSlotTEnd,
    kSlotFailNth, kSlotVcpu,    kSlotRet,    kSlotErrno,  kSlotMap,        kSlotPage,
    kSlotByte,    kSlotProcess, kSlotResult, kSlotSiCode, kSlotSiAddrPage, kSlotValue};
constexpr std::uint16_t kSlotsOfOnHostWrite[] = {
    kSlotOp,      kSlotSeq,    kSlotTid,    kSlotRound,      kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu,    kSlotRet,    kSlotErrno,  kSlotInjected,   kSlotMap,    kSlotPage, kSlotByte,
    kSlotProcess, kSlotResult, kSlotSiCode, kSlotSiAddrPage, kSlotValue};
constexpr std::uint16_t kSlotsOfOnPagemap[] = {
    kSlotOp,      kSlotSeq,  kSlotTid,      kSlotRound,       kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet,      kSlotErrno,       kSlotMap,    kSlotPage,
    kSlotNpages,  kSlotPtes, kSlotPtesPage, kSlotPtesPresent, kSlotPtesPfn};
constexpr std::uint16_t kSlotsOfOnPin[] = {kSlotOp,     kSlotSeq,    kSlotTid,      kSlotRound,
                                           kSlotTBegin, kSlotTEnd,   kSlotFailNth,  kSlotVcpu,
                                           kSlotRet,    kSlotErrno,  kSlotInjected, kSlotMap,
                                           kSlotPage,   kSlotNpages, kSlotPin};
constexpr std::uint16_t kSlotsOfOnPinRead[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                               kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                               kSlotRet,    kSlotErrno, kSlotPin,     kSlotValues};
constexpr std::uint16_t kSlotsOfOnUnpin[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                             kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                             kSlotRet,    kSlotErrno, kSlotPin};
constexpr std::uint16_t kSlotsOfOnIoUringSetup[] = {
    kSlotOp,   kSlotSeq,     kSlotTid,  kSlotRound, kSlotTBegin,
    kSlotTEnd, kSlotFailNth, kSlotVcpu, kSlotRet,   kSlotErrno};
constexpr std::uint16_t kSlotsOfOnIoUringRegisterBuffers[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound, kSlotTBegin, kSlotTEnd,   kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,   kSlotPage,   kSlotNpages, kSlotState};
constexpr std::uint16_t kSlotsOfOnIoUringUnregisterBuffers[] = {
    kSlotOp,   kSlotSeq,     kSlotTid,  kSlotRound, kSlotTBegin,
    kSlotTEnd, kSlotFailNth, kSlotVcpu, kSlotRet,   kSlotErrno};
constexpr std::uint16_t kSlotsOfOnWriteFromPage[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
constexpr std::uint16_t kSlotsOfOnReadIntoPage[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
constexpr std::uint16_t kSlotsOfOnProcessVmReadv[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
constexpr std::uint16_t kSlotsOfOnProcessVmWritev[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
constexpr std::uint16_t kSlotsOfOnProcMemPread[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
constexpr std::uint16_t kSlotsOfOnProcMemPwrite[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
constexpr std::uint16_t kSlotsOfOnMlock[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                             kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                             kSlotRet,    kSlotErrno, kSlotMap,     kSlotPage};
constexpr std::uint16_t kSlotsOfOnMunlock[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                               kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                               kSlotRet,    kSlotErrno, kSlotMap,     kSlotPage};
constexpr std::uint16_t kSlotsOfOnMsync[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                             kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                             kSlotRet,    kSlotErrno, kSlotMap,     kSlotPage};
constexpr std::uint16_t kSlotsOfOnMincore[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound, kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,   kSlotPage,   kSlotVec0};
constexpr std::uint16_t kSlotsOfOnMadvise[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound,  kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotAdvice, kSlotMap,    kSlotPage};
constexpr std::uint16_t kSlotsOfOnGuestRead[] = {
    kSlotOp,         kSlotSeq,         kSlotTid,        kSlotRound,   kSlotTBegin,
    kSlotTEnd,       kSlotFailNth,     kSlotVcpu,       kSlotRet,     kSlotErrno,
    kSlotInjected,   kSlotGpa,         kSlotResult,     kSlotValue,   kSlotFault,
    kSlotFaultFlags, kSlotFaultGpa,    kSlotFaultSize,  kSlotMmio,    kSlotMmioPhysAddr,
    kSlotMmioLen,    kSlotMmioIsWrite, kSlotExitReason, kSlotSuberror};
constexpr std::uint16_t kSlotsOfOnGuestWrite[] = {
    kSlotOp,          kSlotSeq,        kSlotTid,      kSlotRound,        kSlotTBegin,
    kSlotTEnd,        kSlotFailNth,    kSlotVcpu,     kSlotRet,          kSlotErrno,
    kSlotInjected,    kSlotGpa,        kSlotResult,   kSlotFault,        kSlotFaultFlags,
    kSlotFaultGpa,    kSlotFaultSize,  kSlotMmio,     kSlotMmioPhysAddr, kSlotMmioLen,
    kSlotMmioIsWrite, kSlotExitReason, kSlotSuberror, kSlotWriteValue};
constexpr std::uint16_t kSlotsOfOnGuestRmw[] = {
    kSlotOp,         kSlotSeq,         kSlotTid,        kSlotRound,    kSlotTBegin,
    kSlotTEnd,       kSlotFailNth,     kSlotVcpu,       kSlotRet,      kSlotErrno,
    kSlotInjected,   kSlotGpa,         kSlotResult,     kSlotValue,    kSlotFault,
    kSlotFaultFlags, kSlotFaultGpa,    kSlotFaultSize,  kSlotMmio,     kSlotMmioPhysAddr,
    kSlotMmioLen,    kSlotMmioIsWrite, kSlotExitReason, kSlotSuberror, kSlotWriteValue};
constexpr std::uint16_t kSlotsOfOnPrefault[] = {
    kSlotOp,   kSlotSeq,      kSlotTid,  kSlotRound,  kSlotTBegin,
    kSlotTEnd, kSlotFailNth,  kSlotVcpu, kSlotRet,    kSlotErrno,
    kSlotSize, kSlotInjected, kSlotGpa,  kSlotGpaOut, kSlotSizeOut};

struct Spec {
  using State = inplace_v7::State;
  using Params = inplace_v7::Params;

  static constexpr ModelInfo kInfo{"inplace_v7", kParams,  kDomains, kStates,
                                   kActions,     kClauses, kEvents,  kSlots};
  static constexpr std::array<std::uint8_t, 45> kStateWidths = {
      64, 64, 1,  64, 64, 64, 32, 64, 1, 1,  64, 64, 64, 16, 52, 64, 32, 64, 52, 1, 64, 52, 2,
      2,  64, 64, 52, 64, 1,  1,  1,  8, 64, 64, 52, 52, 1,  32, 1,  64, 52, 52, 2, 8,  64};
  static constexpr std::array<std::span<const std::uint16_t>, 57> kEventSlots = {
      kSlotsOfOnMeta,
      kSlotsOfOnNote,
      kSlotsOfOnCreateVm,
      kSlotsOfOnCheckExtension,
      kSlotsOfOnSetAttr1,
      kSlotsOfOnSetRegion2,
      kSlotsOfOnCreateGmem,
      kSlotsOfOnDup,
      kSlotsOfOnClose,
      kSlotsOfOnFork,
      kSlotsOfOnFstat,
      kSlotsOfOnRead,
      kSlotsOfOnWrite,
      kSlotsOfOnPread,
      kSlotsOfOnPwrite,
      kSlotsOfOnLseekSet,
      kSlotsOfOnLseekEnd,
      kSlotsOfOnLseekData,
      kSlotsOfOnLseekHole,
      kSlotsOfOnFtruncate,
      kSlotsOfOnFchmod,
      kSlotsOfOnFsync,
      kSlotsOfOnFcntlAddSeals,
      kSlotsOfOnOpenProcFd,
      kSlotsOfOnPosixFadvise,
      kSlotsOfOnFcntlGetfd,
      kSlotsOfOnFcntlGetfl,
      kSlotsOfOnIoctlOther,
      kSlotsOfOnSetAttr2,
      kSlotsOfOnFallocate,
      kSlotsOfOnMmap,
      kSlotsOfOnMunmap,
      kSlotsOfOnMprotect,
      kSlotsOfOnHostRead,
      kSlotsOfOnHostWrite,
      kSlotsOfOnPagemap,
      kSlotsOfOnPin,
      kSlotsOfOnPinRead,
      kSlotsOfOnUnpin,
      kSlotsOfOnIoUringSetup,
      kSlotsOfOnIoUringRegisterBuffers,
      kSlotsOfOnIoUringUnregisterBuffers,
      kSlotsOfOnWriteFromPage,
      kSlotsOfOnReadIntoPage,
      kSlotsOfOnProcessVmReadv,
      kSlotsOfOnProcessVmWritev,
      kSlotsOfOnProcMemPread,
      kSlotsOfOnProcMemPwrite,
      kSlotsOfOnMlock,
      kSlotsOfOnMunlock,
      kSlotsOfOnMsync,
      kSlotsOfOnMincore,
      kSlotsOfOnMadvise,
      kSlotsOfOnGuestRead,
      kSlotsOfOnGuestWrite,
      kSlotsOfOnGuestRmw,
      kSlotsOfOnPrefault};

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }

  static Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
                     std::vector<Datum>& outputs) {
    switch (action) {
      case 0: {
        static constexpr std::uint8_t kWidths[] = {2, 8, 8};
        HostReadOutputs out;
        const Clause clause =
            host_read(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                      from_datum<MapPage>(args[2]), from_datum<std::uint16_t>(args[3]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 1: {
        static constexpr std::uint8_t kWidths[] = {2, 8};
        HostWriteOutputs out;
        const Clause clause =
            host_write(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                       from_datum<MapPage>(args[2]), from_datum<std::uint16_t>(args[3]),
                       from_datum<Lazy<std::uint8_t>>(args[4]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 2: {
        static constexpr std::uint8_t kWidths[] = {1, 64};
        PagemapOutputs out;
        const Clause clause =
            pagemap(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                    from_datum<MapPage>(args[2]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 3: {
        static constexpr std::uint8_t kWidths[] = {64};
        CreateVmOutputs out;
        const Clause clause = create_vm(s, choose, from_datum<std::int64_t>(args[0]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 4: {
        static constexpr std::uint8_t kWidths[] = {64};
        CheckExtensionOutputs out;
        const Clause clause = check_extension(s, choose, from_datum<Optional<Vm>>(args[0]),
                                              from_datum<std::uint32_t>(args[1]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 5:
        return set_memory_attributes(
            s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
            from_datum<std::uint64_t>(args[2]), from_datum<std::uint64_t>(args[3]),
            from_datum<std::uint64_t>(args[4]), from_datum<Ptr>(args[5]),
            from_datum<bool>(args[6]));
      case 6: {
        static constexpr std::uint8_t kWidths[] = {64};
        CreateGuestMemfdOutputs out;
        const Clause clause = create_guest_memfd(
            s, choose, from_datum<Process>(args[0]), from_datum<Optional<Vm>>(args[1]),
            from_datum<std::uint64_t>(args[2]), from_datum<std::uint64_t>(args[3]),
            from_datum<Ptr>(args[4]), from_datum<bool>(args[5]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 7: {
        static constexpr std::uint8_t kWidths[] = {64};
        DupOutputs out;
        const Clause clause =
            dup(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 8:
        return close(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]));
      case 9: {
        static constexpr std::uint8_t kWidths[] = {64};
        ForkOutputs out;
        const Clause clause = fork(s, choose, from_datum<Process>(args[0]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 10: return exit_process(s, choose, from_datum<Process>(args[0]));
      case 11: {
        static constexpr std::uint8_t kWidths[] = {64, 64, 32, 32};
        FstatOutputs out;
        const Clause clause =
            fstat(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 12: {
        static constexpr std::uint8_t kWidths[] = {64};
        FileCallOutputs out;
        const Clause clause =
            file_call(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
                      from_datum<FileCall>(args[2]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 13: return unknown_gmem_ioctl(s, choose);
      case 14: {
        static constexpr std::uint8_t kWidths[] = {64};
        SetMemoryAttributes2Outputs out;
        const Clause clause = set_memory_attributes2(
            s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
            from_datum<Optional<FdWord>>(args[2]), from_datum<std::uint64_t>(args[3]),
            from_datum<std::uint64_t>(args[4]), from_datum<std::uint64_t>(args[5]),
            from_datum<std::uint64_t>(args[6]), from_datum<bool>(args[7]), from_datum<Ptr>(args[8]),
            from_datum<bool>(args[9]), from_datum<std::uint64_t>(args[10]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 15:
        return set_user_memory_region2(
            s, choose, from_datum<Process>(args[0]), from_datum<Vm>(args[1]),
            from_datum<std::uint32_t>(args[2]), from_datum<std::uint32_t>(args[3]),
            from_datum<std::uint64_t>(args[4]), from_datum<std::uint64_t>(args[5]),
            from_datum<Optional<Mapping>>(args[6]), from_datum<std::uint64_t>(args[7]),
            from_datum<Optional<HvaWord>>(args[8]), from_datum<Optional<Fd>>(args[9]),
            from_datum<Optional<FdWord>>(args[10]), from_datum<std::uint64_t>(args[11]),
            from_datum<bool>(args[12]));
      case 16: {
        static constexpr std::uint8_t kWidths[] = {64};
        MmapOutputs out;
        const Clause clause =
            mmap(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
                 from_datum<std::uint64_t>(args[2]), from_datum<std::uint32_t>(args[3]),
                 from_datum<std::uint32_t>(args[4]), from_datum<std::uint64_t>(args[5]),
                 from_datum<bool>(args[6]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 17: {
        static constexpr std::uint8_t kWidths[] = {64};
        OrdinaryMemoryOutputs out;
        const Clause clause = ordinary_memory(s, choose, from_datum<Process>(args[0]),
                                              from_datum<std::uint64_t>(args[1]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 18:
        return munmap(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                      from_datum<std::uint64_t>(args[2]), from_datum<std::uint64_t>(args[3]));
      case 19:
        return mprotect(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                        from_datum<MapPage>(args[2]), from_datum<std::uint32_t>(args[3]));
      case 20:
        return fallocate(s, choose, from_datum<Process>(args[0]), from_datum<Optional<Fd>>(args[1]),
                         from_datum<std::uint32_t>(args[2]), from_datum<std::int64_t>(args[3]),
                         from_datum<std::int64_t>(args[4]), from_datum<bool>(args[5]));
      case 21: {
        static constexpr std::uint8_t kWidths[] = {64, 64};
        PinOutputs out;
        const Clause clause =
            pin(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                from_datum<MapPage>(args[2]), from_datum<std::uint64_t>(args[3]),
                from_datum<bool>(args[4]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 22: {
        static constexpr std::uint8_t kWidths[] = {8};
        PinByteOutputs out;
        const Clause clause =
            pin_byte(s, choose, from_datum<Pin>(args[0]), from_datum<std::uint64_t>(args[1]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 23: {
        static constexpr std::uint8_t kWidths[] = {64};
        PinDrainOutputs out;
        const Clause clause = pin_drain(s, choose, from_datum<Pin>(args[0]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 24: return unpin(s, choose, from_datum<Pin>(args[0]));
      case 25:
        return io_uring_register_buffers(s, choose, from_datum<Process>(args[0]),
                                         from_datum<Mapping>(args[1]), from_datum<MapPage>(args[2]),
                                         from_datum<std::uint64_t>(args[3]));
      case 26: return io_uring_unregister_buffers(s, choose);
      case 27: return io_uring_setup(s, choose);
      case 28:
        return kernel_read(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                           from_datum<MapPage>(args[2]), from_datum<AccessPath>(args[3]));
      case 29:
        return kernel_write(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                            from_datum<MapPage>(args[2]), from_datum<AccessPath>(args[3]));
      case 30:
        return mlock(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                     from_datum<MapPage>(args[2]));
      case 31: return munlock(s, choose);
      case 32: return msync(s, choose);
      case 33: {
        static constexpr std::uint8_t kWidths[] = {1};
        MincoreOutputs out;
        const Clause clause =
            mincore(s, choose, from_datum<Mapping>(args[0]), from_datum<MapPage>(args[1]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 34:
        return madvise(s, choose, from_datum<Process>(args[0]), from_datum<Mapping>(args[1]),
                       from_datum<MapPage>(args[2]), from_datum<std::uint32_t>(args[3]));
      case 35: {
        static constexpr std::uint8_t kWidths[] = {2, 8, 64, 64, 64, 64, 1, 32};
        GuestReadOutputs out;
        const Clause clause =
            guest_read(s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
                       from_datum<bool>(args[2]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 36: {
        static constexpr std::uint8_t kWidths[] = {2, 64, 64, 64, 64, 1, 32};
        GuestWriteOutputs out;
        const Clause clause =
            guest_write(s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
                        from_datum<std::uint8_t>(args[2]), from_datum<bool>(args[3]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 37: {
        static constexpr std::uint8_t kWidths[] = {64, 64};
        PreFaultMemoryOutputs out;
        const Clause clause =
            pre_fault_memory(s, choose, from_datum<Vm>(args[0]), from_datum<std::uint64_t>(args[1]),
                             from_datum<std::uint64_t>(args[2]), from_datum<bool>(args[3]), out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      default: return Clause::kImpossible;
    }
  }
};

}  // namespace

std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params) {
  Params result;
  if (params.size() > 0) result.sw_protected_vm = params[0] != 0;
  if (params.size() > 1) result.tdp = params[1] != 0;
  if (params.size() > 2) result.ksm = params[2] != 0;
  if (params.size() > 3) result.folio_order = static_cast<std::uint64_t>(params[3]);
  if (params.size() > 4) result.assume_faults = params[4] != 0;
  if (params.size() > 5) result.stale_mmio = params[5] != 0;
  if (params.size() > 6) result.vm_memory_attributes = params[6] != 0;
  if (params.size() > 7) result.default_vm_private = params[7] != 0;
  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::inplace_v7
