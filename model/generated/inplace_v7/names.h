// The names of inplace_v7, by number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/generated/inplace_v7/slots.h"

namespace gms::model::inplace_v7 {

using Names = std::string_view;

inline constexpr std::array<Names, 8> kParams = {"sw_protected_vm",
                                                 "tdp",
                                                 "ksm",
                                                 "folio_order",
                                                 "assume_faults",
                                                 "stale_mmio",
                                                 "vm_memory_attributes",
                                                 "default_vm_private"};
inline constexpr std::array<Names, 7> kDomains = {"Process", "Vm",      "Fd", "Inode",
                                                  "Slot",    "Mapping", "Pin"};
inline constexpr std::array<Names, 48> kStates = {
    "first_process",  "newest_child",  "fd_open",        "fd_inode",      "fd_vm",
    "newest_vm",      "vm_type",       "vm_process",     "vm_private",    "mmio_spte",
    "slot_of",        "slot_at",       "slot_vm",        "slot_id",       "slot_base",
    "slot_end",       "slot_flags",    "slot_inode",     "slot_first",    "slot_last",
    "slot_gmem_only", "slot_hva",      "slot_hva_first", "slot_hva_word", "stage2",
    "inode_vm",       "inode_flags",   "npages",         "bindings",      "sharing",
    "cached",         "partly_filled", "uptodate",       "content",       "frame",
    "map_inode",      "map_first",     "map_npages",     "vma",           "prot",
    "locked",         "mapped",        "pin_inode",      "pin_first",     "pin_end",
    "hold",           "orphan_byte",   "ring_buffers"};
inline constexpr std::array<Names, 39> kActions = {"host_read",
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
                                                   "ioctl_on_closed",
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
inline constexpr std::array<Names, 203> kClauses = {"fallocate_inode.bad_range",
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
                                                    "pagemap.vma_gone",
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
                                                    "fstat.ok",
                                                    "file_call.no_fd",
                                                    "file_call.no_read_write",
                                                    "file_call.no_position",
                                                    "file_call.no_setattr",
                                                    "file_call.no_fsync",
                                                    "file_call.no_seals",
                                                    "file_call.no_open",
                                                    "file_call.ok",
                                                    "ioctl_on_closed.no_fd",
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
                                                    "set_memory_attributes2.in_flight_host",
                                                    "set_memory_attributes2.in_flight_pin",
                                                    "set_memory_attributes2.in_flight_unmap",
                                                    "set_memory_attributes2.in_flight_guest",
                                                    "set_memory_attributes2.busy",
                                                    "set_memory_attributes2.ok",
                                                    "set_user_memory_region2.copy_in",
                                                    "set_user_memory_region2.bad_slot",
                                                    "set_user_memory_region2.bad_flags",
                                                    "set_user_memory_region2.size_unaligned",
                                                    "set_user_memory_region2.gpa_unaligned",
                                                    "set_user_memory_region2.hva_unaligned",
                                                    "set_user_memory_region2.hva_range",
                                                    "set_user_memory_region2.hva_range_high",
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
                                                    "set_user_memory_region2.moved_too_high",
                                                    "set_user_memory_region2.moved_high",
                                                    "set_user_memory_region2.changed",
                                                    "set_user_memory_region2.bind_fd",
                                                    "set_user_memory_region2.bind_not_gmem",
                                                    "set_user_memory_region2.bind_other_vm",
                                                    "set_user_memory_region2.bind_negative",
                                                    "set_user_memory_region2.bind_past_end",
                                                    "set_user_memory_region2.bind_overlap",
                                                    "set_user_memory_region2.gpa_too_high",
                                                    "set_user_memory_region2.gpa_high",
                                                    "set_user_memory_region2.ok",
                                                    "mmap.offset_unaligned",
                                                    "mmap.no_fd",
                                                    "mmap.hugetlb",
                                                    "mmap.zero_length",
                                                    "mmap.too_long",
                                                    "mmap.no_room",
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
                                                    "mprotect.bad_prot",
                                                    "mprotect.both_ways",
                                                    "mprotect.not_mapped",
                                                    "mprotect.vma_gone",
                                                    "mprotect.does_not_grow",
                                                    "mprotect.noexec",
                                                    "mprotect.ok",
                                                    "fallocate.no_fd",
                                                    "fallocate.not_gmem",
                                                    "fallocate.ok",
                                                    "pin.no_memory",
                                                    "pin.nothing",
                                                    "pin.no_page",
                                                    "pin.ok",
                                                    "pin_byte.no_pin",
                                                    "pin_byte.no_page",
                                                    "pin_byte.ok",
                                                    "pin_drain.no_pin",
                                                    "pin_drain.ok",
                                                    "unpin.no_pin",
                                                    "unpin.ok",
                                                    "io_uring_register_buffers.registered",
                                                    "io_uring_register_buffers.empty_buffer",
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
                                                    "mlock.not_mapped",
                                                    "mlock.unmapped_meanwhile",
                                                    "mlock.no_page",
                                                    "mlock.ok",
                                                    "munlock.not_mapped",
                                                    "munlock.vma_gone",
                                                    "munlock.ok",
                                                    "msync.not_mapped",
                                                    "msync.vma_gone",
                                                    "msync.no_fsync",
                                                    "mincore.not_mapped",
                                                    "mincore.vma_gone",
                                                    "mincore.ok",
                                                    "madvise.no_ksm",
                                                    "madvise.unknown_advice",
                                                    "madvise.not_mapped",
                                                    "madvise.vma_gone",
                                                    "madvise.locked_vma",
                                                    "madvise.anonymous_only",
                                                    "madvise.protected",
                                                    "madvise.no_page",
                                                    "madvise.populated",
                                                    "madvise.removed",
                                                    "madvise.ok",
                                                    "guest_read.stale_attribute",
                                                    "guest_read.no_memory",
                                                    "guest_read.memory_fault_exit",
                                                    "guest_read.bad_hva",
                                                    "guest_read.ok",
                                                    "guest_write.stale_attribute",
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
inline constexpr std::array<Names, 57> kEvents = {"meta",
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
inline constexpr std::array<Names, 74> kSlots = {"op",
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
inline constexpr std::uint16_t kSlotsOfOnMeta[] = {kSlotOp,     kSlotSeq,  kSlotTid,     kSlotRound,
                                                   kSlotTBegin, kSlotTEnd, kSlotFailNth, kSlotVcpu};
inline constexpr std::uint16_t kSlotsOfOnNote[] = {kSlotOp,     kSlotSeq,  kSlotTid,     kSlotRound,
                                                   kSlotTBegin, kSlotTEnd, kSlotFailNth, kSlotVcpu};
inline constexpr std::uint16_t kSlotsOfOnCreateVm[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotVm,  kSlotType,  kSlotRet,    kSlotErrno};
inline constexpr std::uint16_t kSlotsOfOnCheckExtension[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotOn,     kSlotCap};
inline constexpr std::uint16_t kSlotsOfOnSetAttr1[] = {
    kSlotOp,      kSlotSeq,        kSlotTid,   kSlotRound,   kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu,       kSlotRet,   kSlotErrno,   kSlotOn,     kSlotAddress,
    kSlotSize,    kSlotAttributes, kSlotFlags, kSlotInjected};
inline constexpr std::uint16_t kSlotsOfOnSetRegion2[] = {
    kSlotOp,   kSlotSeq, kSlotTid, kSlotRound, kSlotTBegin,    kSlotTEnd,  kSlotFailNth,
    kSlotVcpu, kSlotVm,  kSlotRet, kSlotErrno, kSlotSize,      kSlotFlags, kSlotInjected,
    kSlotSlot, kSlotGpa, kSlotHva, kSlotGmem,  kSlotGmemOffset};
inline constexpr std::uint16_t kSlotsOfOnCreateGmem[] = {
    kSlotOp,      kSlotSeq,      kSlotTid,  kSlotRound,         kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu,     kSlotVm,   kSlotRet,           kSlotErrno,  kSlotSize,
    kSlotFlags,   kSlotInjected, kSlotGmem, kSlotReservedIndex, kSlotPtr};
inline constexpr std::uint16_t kSlotsOfOnDup[] = {kSlotOp,     kSlotSeq,   kSlotTid,     kSlotRound,
                                                  kSlotTBegin, kSlotTEnd,  kSlotFailNth, kSlotVcpu,
                                                  kSlotRet,    kSlotErrno, kSlotGmem,    kSlotNew};
inline constexpr std::uint16_t kSlotsOfOnClose[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotObj};
inline constexpr std::uint16_t kSlotsOfOnFork[] = {kSlotOp,     kSlotSeq,  kSlotTid,     kSlotRound,
                                                   kSlotTBegin, kSlotTEnd, kSlotFailNth, kSlotVcpu,
                                                   kSlotRet,    kSlotErrno};
inline constexpr std::uint16_t kSlotsOfOnFstat[] = {
    kSlotOp,   kSlotSeq,     kSlotTid,      kSlotRound,  kSlotTBegin,
    kSlotTEnd, kSlotFailNth, kSlotVcpu,     kSlotRet,    kSlotErrno,
    kSlotGmem, kSlotStSize,  kSlotStBlocks, kSlotStMode, kSlotStNlink};
inline constexpr std::uint16_t kSlotsOfOnRead[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnWrite[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnPread[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnPwrite[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnLseekSet[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnLseekEnd[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnLseekData[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnLseekHole[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnFtruncate[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem,   kSlotLength};
inline constexpr std::uint16_t kSlotsOfOnFchmod[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnFsync[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnFcntlAddSeals[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnOpenProcFd[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem,   kSlotLink};
inline constexpr std::uint16_t kSlotsOfOnPosixFadvise[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem,   kSlotAdvice};
inline constexpr std::uint16_t kSlotsOfOnFcntlGetfd[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnFcntlGetfl[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotGmem};
inline constexpr std::uint16_t kSlotsOfOnIoctlOther[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotOn,     kSlotRequest};
inline constexpr std::uint16_t kSlotsOfOnSetAttr2[] = {kSlotOp,
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
inline constexpr std::uint16_t kSlotsOfOnFallocate[] = {
    kSlotOp,       kSlotSeq,     kSlotTid,    kSlotRound,  kSlotTBegin,
    kSlotTEnd,     kSlotFailNth, kSlotVcpu,   kSlotRet,    kSlotErrno,
    kSlotInjected, kSlotGmem,    kSlotLength, kSlotOffset, kSlotMode};
inline constexpr std::uint16_t kSlotsOfOnMmap[] = {
    kSlotOp,      kSlotSeq,    kSlotTid,    kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu,   kSlotRet,    kSlotErrno, kSlotFlags,  kSlotInjected,
    kSlotGmem,    kSlotLength, kSlotOffset, kSlotMap,   kSlotProt};
inline constexpr std::uint16_t kSlotsOfOnMunmap[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound,  kSlotTBegin, kSlotTEnd,     kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotLength, kSlotMap,    kSlotMapOffset};
inline constexpr std::uint16_t kSlotsOfOnMprotect[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound, kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,   kSlotProt,   kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnHostRead[] = {
    kSlotOp,      kSlotSeq,     kSlotTid,    kSlotRound,  kSlotTBegin,     kSlotTEnd,
    kSlotFailNth, kSlotVcpu,    kSlotRet,    kSlotErrno,  kSlotMap,        kSlotPage,
    kSlotByte,    kSlotProcess, kSlotResult, kSlotSiCode, kSlotSiAddrPage, kSlotValue};
inline constexpr std::uint16_t kSlotsOfOnHostWrite[] = {
    kSlotOp,      kSlotSeq,    kSlotTid,    kSlotRound,      kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu,    kSlotRet,    kSlotErrno,  kSlotInjected,   kSlotMap,    kSlotPage, kSlotByte,
    kSlotProcess, kSlotResult, kSlotSiCode, kSlotSiAddrPage, kSlotValue};
inline constexpr std::uint16_t kSlotsOfOnPagemap[] = {
    kSlotOp,      kSlotSeq,  kSlotTid,      kSlotRound,       kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet,      kSlotErrno,       kSlotMap,    kSlotPage,
    kSlotNpages,  kSlotPtes, kSlotPtesPage, kSlotPtesPresent, kSlotPtesPfn};
inline constexpr std::uint16_t kSlotsOfOnPin[] = {
    kSlotOp,       kSlotSeq,     kSlotTid,  kSlotRound,  kSlotTBegin,
    kSlotTEnd,     kSlotFailNth, kSlotVcpu, kSlotRet,    kSlotErrno,
    kSlotInjected, kSlotMap,     kSlotPage, kSlotNpages, kSlotPin};
inline constexpr std::uint16_t kSlotsOfOnPinRead[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotPin,    kSlotValues};
inline constexpr std::uint16_t kSlotsOfOnUnpin[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotPin};
inline constexpr std::uint16_t kSlotsOfOnIoUringSetup[] = {
    kSlotOp,   kSlotSeq,     kSlotTid,  kSlotRound, kSlotTBegin,
    kSlotTEnd, kSlotFailNth, kSlotVcpu, kSlotRet,   kSlotErrno};
inline constexpr std::uint16_t kSlotsOfOnIoUringRegisterBuffers[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound, kSlotTBegin, kSlotTEnd,   kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,   kSlotPage,   kSlotNpages, kSlotState};
inline constexpr std::uint16_t kSlotsOfOnIoUringUnregisterBuffers[] = {
    kSlotOp,   kSlotSeq,     kSlotTid,  kSlotRound, kSlotTBegin,
    kSlotTEnd, kSlotFailNth, kSlotVcpu, kSlotRet,   kSlotErrno};
inline constexpr std::uint16_t kSlotsOfOnWriteFromPage[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnReadIntoPage[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnProcessVmReadv[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnProcessVmWritev[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnProcMemPread[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnProcMemPwrite[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnMlock[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnMunlock[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnMsync[] = {
    kSlotOp,      kSlotSeq,  kSlotTid, kSlotRound, kSlotTBegin, kSlotTEnd,
    kSlotFailNth, kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnMincore[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound, kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotMap,   kSlotPage,   kSlotVec0};
inline constexpr std::uint16_t kSlotsOfOnMadvise[] = {
    kSlotOp,   kSlotSeq, kSlotTid,   kSlotRound,  kSlotTBegin, kSlotTEnd, kSlotFailNth,
    kSlotVcpu, kSlotRet, kSlotErrno, kSlotAdvice, kSlotMap,    kSlotPage};
inline constexpr std::uint16_t kSlotsOfOnGuestRead[] = {
    kSlotOp,         kSlotSeq,         kSlotTid,        kSlotRound,   kSlotTBegin,
    kSlotTEnd,       kSlotFailNth,     kSlotVcpu,       kSlotRet,     kSlotErrno,
    kSlotInjected,   kSlotGpa,         kSlotResult,     kSlotValue,   kSlotFault,
    kSlotFaultFlags, kSlotFaultGpa,    kSlotFaultSize,  kSlotMmio,    kSlotMmioPhysAddr,
    kSlotMmioLen,    kSlotMmioIsWrite, kSlotExitReason, kSlotSuberror};
inline constexpr std::uint16_t kSlotsOfOnGuestWrite[] = {
    kSlotOp,          kSlotSeq,        kSlotTid,      kSlotRound,        kSlotTBegin,
    kSlotTEnd,        kSlotFailNth,    kSlotVcpu,     kSlotRet,          kSlotErrno,
    kSlotInjected,    kSlotGpa,        kSlotResult,   kSlotFault,        kSlotFaultFlags,
    kSlotFaultGpa,    kSlotFaultSize,  kSlotMmio,     kSlotMmioPhysAddr, kSlotMmioLen,
    kSlotMmioIsWrite, kSlotExitReason, kSlotSuberror, kSlotWriteValue};
inline constexpr std::uint16_t kSlotsOfOnGuestRmw[] = {
    kSlotOp,         kSlotSeq,         kSlotTid,        kSlotRound,    kSlotTBegin,
    kSlotTEnd,       kSlotFailNth,     kSlotVcpu,       kSlotRet,      kSlotErrno,
    kSlotInjected,   kSlotGpa,         kSlotResult,     kSlotValue,    kSlotFault,
    kSlotFaultFlags, kSlotFaultGpa,    kSlotFaultSize,  kSlotMmio,     kSlotMmioPhysAddr,
    kSlotMmioLen,    kSlotMmioIsWrite, kSlotExitReason, kSlotSuberror, kSlotWriteValue};
inline constexpr std::uint16_t kSlotsOfOnPrefault[] = {
    kSlotOp,   kSlotSeq,      kSlotTid,  kSlotRound,  kSlotTBegin,
    kSlotTEnd, kSlotFailNth,  kSlotVcpu, kSlotRet,    kSlotErrno,
    kSlotSize, kSlotInjected, kSlotGpa,  kSlotGpaOut, kSlotSizeOut};

/// Bits of each state function's values.
inline constexpr std::array<std::uint8_t, 48> kStateWidths = {
    64, 64, 1,  64, 64, 64, 32, 64, 1, 1, 64, 64, 64, 16, 52, 52, 32, 64, 52, 52, 1,  64, 52, 2,
    2,  64, 64, 52, 64, 1,  1,  1,  1, 8, 64, 64, 52, 52, 1,  32, 1,  1,  64, 52, 52, 2,  8,  64};
/// The fields that each event may have.
inline constexpr std::array<std::span<const std::uint16_t>, 57> kEventSlots = {
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

}  // namespace gms::model::inplace_v7
