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
struct Request {
  gm_ioctl number;
  const char* name;  // in C
};
Request request_of(Call& call);
constexpr std::uint64_t kErrorOffset = 0x5e5e5e5e5e5e;  // what nobody would report as an offset
/// Whether a slot is or covers what holds the code of the guest.
bool takes_guest_code(std::uint32_t slot, std::uint64_t gpa, std::uint64_t size);
constexpr const char* kGuestCodeTaken =
    "slot 31 and guest address 0x70000000 hold the code of the guest that ran before";
// perform_file.cpp
/// The kernel refuses what is longer than user space or behind it.
bool is_refused_by_munmap(std::uint64_t offset, std::uint64_t length);
constexpr const char* kNotUnmapped = "addresses so far behind a mapping are not unmapped";
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
constexpr std::uint8_t kChildValue = 1;  // what a child stores where the log does not say
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
/// The thread's vCPU is there, or why not.
std::string open_vcpu(Vm& vm, int thread);
void guest_access(Call& call, int access);  // gm_guest_access
void prefault(Call& call, int);

}  // namespace gms::runner
