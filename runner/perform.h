// The functions behind the table of ops: each reads the fields of its line, makes the call if it is
// ready, and puts what came of it into the call.
#pragma once

#include "runner/call.h"

namespace gms::runner {

/// `variant`: which of several calls that take the same fields.
using Perform = void (*)(Call& call, int variant);

// perform_vm.cpp
void create_vm(Call& call, int);
void check_extension(Call& call, int);
void create_gmem(Call& call, int);
void set_region2(Call& call, int);
void set_attr1(Call& call, int);
void set_attr2(Call& call, int);
void ioctl_other(Call& call, int);
// perform_file.cpp
void dup_descriptor(Call& call, int);
void close_descriptor(Call& call, int);
void file_call(Call& call, int variant);  // gm_file_op
void open_proc_fd(Call& call, int);
void fstat_file(Call& call, int);
void fallocate_file(Call& call, int);
void mmap_file(Call& call, int);
void munmap_pages(Call& call, int);
void pagemap(Call& call, int);
// perform_host.cpp
void host_access(Call& call, int write);
void fork_process(Call& call, int);
void page_call(Call& call, int variant);  // gm_page_op
void pin_pages(Call& call, int);
void pin_read(Call& call, int);
void unpin(Call& call, int);
void io_uring_setup(Call& call, int);
void io_uring_register(Call& call, int);
void io_uring_unregister(Call& call, int);
// perform_guest.cpp
void guest_access(Call& call, int access);  // gm_guest_access
void prefault(Call& call, int);

}  // namespace gms::runner
