// The functions behind `write_call`. Beside each stands the one that makes the same call at once
// (runner/perform.h).
#pragma once

#include <string>

#include "runner/kselftest/c_text.h"
#include "runner/kselftest/writer.h"
#include "runner/op_table.h"
#include "runner/perform.h"

namespace gms::runner {

/// A field as a number in C.
template <class T>
std::string given(Call& call, std::string_view field) {
  return c_number(call.number<T>(field));
}
template <class T>
std::string given(Call& call, std::string_view field, T fallback) {
  return c_number(call.number<T>(field, fallback));
}

/// After the call: the variable holds what was made.
inline void take_descriptor(Writer& out, const Variable& variable) {
  out.say("gv_take(&" + variable.name + ", &r);");
}

// write_vm.cpp
void write_create_vm(Writer& out, Call& call, const OpEntry& op);
void write_check_extension(Writer& out, Call& call, const OpEntry& op);
void write_create_gmem(Writer& out, Call& call, const OpEntry& op);
void write_set_region2(Writer& out, Call& call, const OpEntry& op);
void write_set_attr1(Writer& out, Call& call, const OpEntry& op);
void write_set_attr2(Writer& out, Call& call, const OpEntry& op);
void write_ioctl_other(Writer& out, Call& call, const OpEntry& op);
// write_file.cpp
void write_dup(Writer& out, Call& call, const OpEntry& op);
void write_close(Writer& out, Call& call, const OpEntry& op);
void write_file_call(Writer& out, Call& call, const OpEntry& op);
void write_open_proc_fd(Writer& out, Call& call, const OpEntry& op);
void write_fstat(Writer& out, Call& call, const OpEntry& op);
void write_fallocate(Writer& out, Call& call, const OpEntry& op);
void write_mmap(Writer& out, Call& call, const OpEntry& op);
void write_munmap(Writer& out, Call& call, const OpEntry& op);
void write_pagemap(Writer& out, Call& call, const OpEntry& op);
// write_host.cpp
void write_host_access(Writer& out, Call& call, const OpEntry& op);
void write_fork(Writer& out, Call& call, const OpEntry& op);
void write_page_call(Writer& out, Call& call, const OpEntry& op);
void write_pin(Writer& out, Call& call, const OpEntry& op);
void write_pin_read(Writer& out, Call& call, const OpEntry& op);
void write_unpin(Writer& out, Call& call, const OpEntry& op);
void write_uring_setup(Writer& out, Call& call, const OpEntry& op);
void write_uring_register(Writer& out, Call& call, const OpEntry& op);
void write_uring_unregister(Writer& out, Call& call, const OpEntry& op);
void write_guest_access(Writer& out, Call& call, const OpEntry& op);
void write_prefault(Writer& out, Call& call, const OpEntry& op);

}  // namespace gms::runner
