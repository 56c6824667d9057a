#include "runner/kselftest/write_call.h"

#include "runner/kselftest/write_ops.h"

namespace gms::runner {
namespace {

struct Row {
  Perform perform;
  void (*write)(Writer& out, Call& call, const OpEntry& op);
};
constexpr Row kRows[] = {
    {create_vm, write_create_vm},
    {check_extension, write_check_extension},
    {create_gmem, write_create_gmem},
    {set_region2, write_set_region2},
    {set_attr1, write_set_attr1},
    {set_attr2, write_set_attr2},
    {ioctl_other, write_ioctl_other},
    {dup_descriptor, write_dup},
    {close_descriptor, write_close},
    {file_call, write_file_call},
    {open_proc_fd, write_open_proc_fd},
    {fstat_file, write_fstat},
    {fallocate_file, write_fallocate},
    {mmap_file, write_mmap},
    {munmap_pages, write_munmap},
    {pagemap, write_pagemap},
    {host_access, write_host_access},
    {fork_process, write_fork},
    {page_call, write_page_call},
    {pin_pages, write_pin},
    {pin_read, write_pin_read},
    {unpin, write_unpin},
    {io_uring_setup, write_uring_setup},
    {io_uring_register, write_uring_register},
    {io_uring_unregister, write_uring_unregister},
    {guest_access, write_guest_access},
    {prefault, write_prefault},
};

}  // namespace

void write_call(Writer& out, Call& call, const OpEntry& op) {
  for (const Row& row : kRows)
    if (row.perform == op.perform) return row.write(out, call, op);
  out.skip("the op '" + std::string(op.fields.op) + "' has no form in C");
}

}  // namespace gms::runner
