// The events of inplace_v7 by number.
#include "model/generated/inplace_v7/events.h"

namespace gms::model::inplace_v7 {

Verdict judge(EventRun<State>& run, std::uint32_t event) {
  switch (event) {
    case 2: return on_create_vm(run);
    case 3: return on_check_extension(run);
    case 4: return on_set_attr1(run);
    case 5: return on_set_region2(run);
    case 6: return on_create_gmem(run);
    case 7: return on_dup(run);
    case 8: return on_close(run);
    case 9: return on_fork(run);
    case 10: return on_fstat(run);
    case 11: return on_read(run);
    case 12: return on_write(run);
    case 13: return on_pread(run);
    case 14: return on_pwrite(run);
    case 15: return on_lseek_set(run);
    case 16: return on_lseek_end(run);
    case 17: return on_lseek_data(run);
    case 18: return on_lseek_hole(run);
    case 19: return on_ftruncate(run);
    case 20: return on_fchmod(run);
    case 21: return on_fsync(run);
    case 22: return on_fcntl_add_seals(run);
    case 23: return on_open_proc_fd(run);
    case 24: return on_posix_fadvise(run);
    case 25: return on_fcntl_getfd(run);
    case 26: return on_fcntl_getfl(run);
    case 27: return on_ioctl_other(run);
    case 28: return on_set_attr2(run);
    case 29: return on_fallocate(run);
    case 30: return on_mmap(run);
    case 31: return on_munmap(run);
    case 32: return on_mprotect(run);
    case 33: return on_host_read(run);
    case 34: return on_host_write(run);
    case 35: return on_pagemap(run);
    case 36: return on_pin(run);
    case 37: return on_pin_read(run);
    case 38: return on_unpin(run);
    case 39: return on_io_uring_setup(run);
    case 40: return on_io_uring_register_buffers(run);
    case 41: return on_io_uring_unregister_buffers(run);
    case 42: return on_write_from_page(run);
    case 43: return on_read_into_page(run);
    case 44: return on_process_vm_readv(run);
    case 45: return on_process_vm_writev(run);
    case 46: return on_proc_mem_pread(run);
    case 47: return on_proc_mem_pwrite(run);
    case 48: return on_mlock(run);
    case 49: return on_munlock(run);
    case 50: return on_msync(run);
    case 51: return on_mincore(run);
    case 52: return on_madvise(run);
    case 53: return on_guest_read(run);
    case 54: return on_guest_write(run);
    case 55: return on_guest_rmw(run);
    case 56: return on_prefault(run);
    default: return Verdict::kUndecided;
  }
}

}  // namespace gms::model::inplace_v7
