#include "runner/op_table.h"

#include <algorithm>
#include <vector>

namespace gms::runner {
namespace {

constexpr std::string_view kFault = "result value fault mmio exit_reason suberror";
constexpr std::string_view kPage = "map page";

constexpr std::string_view kNewestVm = "lines name the newest VM without its name";
constexpr std::string_view kChild = "a forked child has no other threads";
constexpr std::string_view kRing = "lines do not name their io_uring";

#define VARIANT(name) name, #name

// clang-format off: one line for each op reads best.
constexpr OpEntry kOps[] = {
    {{"create_vm", "vm type", "", kNewestVm}, create_vm},
    {{"check_extension", "on cap", ""}, check_extension},
    {{"create_gmem", "vm gmem size flags reserved_index ptr", ""}, create_gmem},
    {{"set_region2", "vm slot flags gpa size hva gmem gmem_offset", ""}, set_region2},
    {{"set_attr1", "on address size attributes flags", ""}, set_attr1},
    {{"set_attr2",
      "gmem offset size attributes flags reserved_nonzero reserved_index ptr error_offset_in",
      "error_offset other_fields_changed"},
     set_attr2},
    {{"ioctl_other", "on request", ""}, ioctl_other},

    {{"dup", "gmem new", ""}, dup_descriptor},
    {{"close", "obj", ""}, close_descriptor},
    {{"fstat", "gmem", "st_size st_blocks st_mode st_nlink"}, fstat_file},
    {{"read", "gmem", ""}, file_call, VARIANT(GM_FILE_READ)},
    {{"write", "gmem", ""}, file_call, VARIANT(GM_FILE_WRITE)},
    {{"pread", "gmem", ""}, file_call, VARIANT(GM_FILE_PREAD)},
    {{"pwrite", "gmem", ""}, file_call, VARIANT(GM_FILE_PWRITE)},
    {{"lseek_set", "gmem", ""}, file_call, VARIANT(GM_FILE_LSEEK_SET)},
    {{"lseek_end", "gmem", ""}, file_call, VARIANT(GM_FILE_LSEEK_END)},
    {{"lseek_data", "gmem", ""}, file_call, VARIANT(GM_FILE_LSEEK_DATA)},
    {{"lseek_hole", "gmem", ""}, file_call, VARIANT(GM_FILE_LSEEK_HOLE)},
    {{"ftruncate", "gmem length", ""}, file_call, VARIANT(GM_FILE_FTRUNCATE)},
    {{"fchmod", "gmem", ""}, file_call, VARIANT(GM_FILE_FCHMOD)},
    {{"fsync", "gmem", ""}, file_call, VARIANT(GM_FILE_FSYNC)},
    {{"fcntl_add_seals", "gmem", ""}, file_call, VARIANT(GM_FILE_ADD_SEALS)},
    {{"fcntl_getfd", "gmem", ""}, file_call, VARIANT(GM_FILE_GETFD)},
    {{"fcntl_getfl", "gmem", ""}, file_call, VARIANT(GM_FILE_GETFL)},
    {{"posix_fadvise", "gmem advice", ""}, file_call, VARIANT(GM_FILE_FADVISE)},
    {{"open_proc_fd", "gmem", "link"}, open_proc_fd},
    {{"fallocate", "gmem mode offset length", ""}, fallocate_file},
    {{"mmap", "gmem map length prot flags offset", ""}, mmap_file},
    {{"munmap", "map map_offset length", ""}, munmap_pages},
    {{"pagemap", "map page npages", "ptes"}, pagemap},

    {{"host_read", "map page byte process", "result si_code si_addr_page value"}, host_access, 0},
    {{"host_write", "map page byte value process", "result si_code si_addr_page"}, host_access, 1},
    {{"fork", "", "", kChild}, fork_process},
    {{"write_from_page", kPage, ""}, page_call, VARIANT(GM_PAGE_WRITE_FROM)},
    {{"read_into_page", kPage, ""}, page_call, VARIANT(GM_PAGE_READ_INTO)},
    {{"process_vm_readv", kPage, ""}, page_call, VARIANT(GM_PAGE_PROCESS_VM_READV)},
    {{"process_vm_writev", kPage, ""}, page_call, VARIANT(GM_PAGE_PROCESS_VM_WRITEV)},
    {{"proc_mem_pread", kPage, ""}, page_call, VARIANT(GM_PAGE_PROC_MEM_PREAD)},
    {{"proc_mem_pwrite", kPage, ""}, page_call, VARIANT(GM_PAGE_PROC_MEM_PWRITE)},
    {{"mlock", kPage, ""}, page_call, VARIANT(GM_PAGE_MLOCK)},
    {{"munlock", kPage, ""}, page_call, VARIANT(GM_PAGE_MUNLOCK)},
    {{"msync", kPage, ""}, page_call, VARIANT(GM_PAGE_MSYNC)},
    {{"mincore", kPage, "vec0"}, page_call, VARIANT(GM_PAGE_MINCORE)},
    {{"madvise", "map page advice", ""}, page_call, VARIANT(GM_PAGE_MADVISE)},
    {{"mprotect", "map page prot", ""}, page_call, VARIANT(GM_PAGE_MPROTECT)},
    {{"pin", "pin map page npages", ""}, pin_pages},
    {{"pin_read", "pin", "values"}, pin_read},
    {{"unpin", "pin", ""}, unpin},
    {{"io_uring_setup", "", "", kRing}, io_uring_setup},
    {{"io_uring_register_buffers", "map page npages state", "", kRing}, io_uring_register},
    {{"io_uring_unregister_buffers", "", "", kRing}, io_uring_unregister},

    {{"guest_read", "gpa vcpu", kFault}, guest_access, VARIANT(GM_GUEST_READ)},
    {{"guest_write", "gpa write_value vcpu", kFault}, guest_access, VARIANT(GM_GUEST_WRITE)},
    {{"guest_rmw", "gpa write_value vcpu", kFault}, guest_access, VARIANT(GM_GUEST_RMW)},
    {{"prefault", "gpa size vcpu", "gpa_out size_out"}, prefault},
};
// clang-format on

#undef VARIANT

}  // namespace

const OpEntry* find_entry(std::string_view op) {
  const auto* const found = std::find_if(std::begin(kOps), std::end(kOps),
                                         [&](const OpEntry& one) { return one.fields.op == op; });
  return found == std::end(kOps) ? nullptr : found;
}

const OpFields* find_op(std::string_view op) {
  const OpEntry* const entry = find_entry(op);
  return entry == nullptr ? nullptr : &entry->fields;
}

std::span<const OpFields> all_ops() {
  static const std::vector<OpFields> kAll = [] {
    std::vector<OpFields> all;
    for (const OpEntry& one : kOps)
      all.push_back(one.fields);
    return all;
  }();
  return kAll;
}

bool is_of_guest(std::string_view op) {
  return op.starts_with("guest_") || op == "prefault";
}

bool lists(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

}  // namespace gms::runner
