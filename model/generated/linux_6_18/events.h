// The events of linux_6_18: how lines of a trace become actions.
#pragma once

#include <cstdint>

#include "model/generated/linux_6_18/clauses.h"
#include "model/generated/linux_6_18/state.h"
#include "model/runtime/event_run.h"

namespace gms::model::linux_6_18 {

/// Judges the event with this number, by the function of its op. The journal takes back what it did
/// if it does not conform.
Verdict judge(EventRun<State>& run, std::uint32_t event);

Verdict on_create_vm(EventRun<State>& run);
Verdict on_check_extension(EventRun<State>& run);
Verdict on_set_attr1(EventRun<State>& run);
Verdict on_set_region2(EventRun<State>& run);
Verdict on_create_gmem(EventRun<State>& run);
Verdict on_dup(EventRun<State>& run);
Verdict on_close(EventRun<State>& run);
Verdict on_fork(EventRun<State>& run);
Verdict on_fstat(EventRun<State>& run);
Verdict on_read(EventRun<State>& run);
Verdict on_write(EventRun<State>& run);
Verdict on_pread(EventRun<State>& run);
Verdict on_pwrite(EventRun<State>& run);
Verdict on_lseek_set(EventRun<State>& run);
Verdict on_lseek_end(EventRun<State>& run);
Verdict on_lseek_data(EventRun<State>& run);
Verdict on_lseek_hole(EventRun<State>& run);
Verdict on_ftruncate(EventRun<State>& run);
Verdict on_fchmod(EventRun<State>& run);
Verdict on_fsync(EventRun<State>& run);
Verdict on_fcntl_add_seals(EventRun<State>& run);
Verdict on_open_proc_fd(EventRun<State>& run);
Verdict on_posix_fadvise(EventRun<State>& run);
Verdict on_fcntl_getfd(EventRun<State>& run);
Verdict on_fcntl_getfl(EventRun<State>& run);
Verdict on_ioctl_other(EventRun<State>& run);
Verdict on_set_attr2(EventRun<State>& run);
Verdict on_fallocate(EventRun<State>& run);
Verdict on_mmap(EventRun<State>& run);
Verdict on_munmap(EventRun<State>& run);
Verdict on_mprotect(EventRun<State>& run);
Verdict on_host_read(EventRun<State>& run);
Verdict on_host_write(EventRun<State>& run);
Verdict on_pagemap(EventRun<State>& run);
Verdict on_pin(EventRun<State>& run);
Verdict on_pin_read(EventRun<State>& run);
Verdict on_unpin(EventRun<State>& run);
Verdict on_io_uring_setup(EventRun<State>& run);
Verdict on_io_uring_register_buffers(EventRun<State>& run);
Verdict on_io_uring_unregister_buffers(EventRun<State>& run);
Verdict on_write_from_page(EventRun<State>& run);
Verdict on_read_into_page(EventRun<State>& run);
Verdict on_process_vm_readv(EventRun<State>& run);
Verdict on_process_vm_writev(EventRun<State>& run);
Verdict on_proc_mem_pread(EventRun<State>& run);
Verdict on_proc_mem_pwrite(EventRun<State>& run);
Verdict on_mlock(EventRun<State>& run);
Verdict on_munlock(EventRun<State>& run);
Verdict on_msync(EventRun<State>& run);
Verdict on_mincore(EventRun<State>& run);
Verdict on_madvise(EventRun<State>& run);
Verdict on_guest_read(EventRun<State>& run);
Verdict on_guest_write(EventRun<State>& run);
Verdict on_guest_rmw(EventRun<State>& run);
Verdict on_prefault(EventRun<State>& run);

}  // namespace gms::model::linux_6_18
