// Descriptors, files and mappings.
#include <linux/falloc.h>
#include <sys/mman.h>

#include "runner/perform.h"

namespace gms::runner {
namespace {

using Kind = Object::Kind;

constexpr std::uint64_t kTaskSize = 0x7ffffffff000, kKernelHalf = std::uint64_t{1} << 63;

constexpr Word<int> kAdvice[] = {{"DONTNEED", 0}};

/// Other modes free pages or are refused, and so are ranges that do not lie in the file.
bool allocates(Call& call, std::uint32_t mode, std::int64_t offset, std::int64_t length) {
  if ((mode & ~std::uint32_t{FALLOC_FL_KEEP_SIZE}) != 0 || offset < 0 || length <= 0) return false;
  const auto bytes = static_cast<std::uint64_t>(length);
  return call.bytes_in_file("gmem", static_cast<std::uint64_t>(offset), bytes) == bytes;
}

/// Whether mmap itself makes all pages present. It refuses private mappings.
bool populates(std::uint32_t flags) {
  const std::uint32_t kind = flags & MAP_TYPE;
  const bool wanted = (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE;
  return (kind == MAP_SHARED || kind == MAP_SHARED_VALIDATE) &&
         (wanted || (flags & MAP_LOCKED) != 0);
}

}  // namespace

void dup_descriptor(Call& call, int) {
  const Object* const from = call.object("gmem", Kind::kDescriptor);
  const std::string name = call.new_name("new", Kind::kDescriptor);
  if (call.broken()) return;
  const std::uint64_t file_size = from->file_size;
  if (!call.performs()) call.named(name)->file_size = file_size;
  if (!call.ready()) return;
  const std::shared_ptr<Vm> vm = from->vm;
  gm_file_call(from->fd, GM_FILE_DUP, 0, &call.result);
  Object& made = call.bind(name, Kind::kDescriptor);
  if (!call.ok()) return;
  made.file_size = file_size;
  made.fd = static_cast<int>(call.result.ret);
  made.vm = vm;
  // Other threads do not know it.
  if (vm != nullptr && vm->fd < 0 && call.thread() == 0) vm->fd = made.fd;
}

void close_descriptor(Call& call, int) {
  Object* const object = call.object("obj", Kind::kDescriptor);
  if (object != nullptr) call.use.closes = call.text("obj");
  if (!call.ready()) return;
  gm_file_call(object->fd, GM_FILE_CLOSE, 0, &call.result);
  if (object->vm != nullptr && object->vm->fd == object->fd) object->vm->fd = -1;
  // Its number may come to mean another file; -1 never does.
  object->fd = -1;
  object->state = Object::State::kGone;
}

void file_call(Call& call, int variant) {
  const int fd = call.descriptor("gmem");
  const auto which = static_cast<gm_file_op>(variant);
  const auto length = which == GM_FILE_FTRUNCATE ? call.number<std::uint64_t>("length") : 0;
  if (which == GM_FILE_FADVISE) call.word<int>("advice", kAdvice, "advice that is known here");
  if (call.ready()) gm_file_call(fd, which, length, &call.result);
}

void open_proc_fd(Call& call, int) {
  const int fd = call.descriptor("gmem");
  call.use.opens = true;
  if (!call.ready()) return;
  if (fd < 0) {
    call.lack("a closed descriptor has no name under /proc");
    return;
  }
  gm_open_proc_fd(fd, &call.result);
  call.outputs["link"] = call.result.link;
}

void fstat_file(Call& call, int) {
  const int fd = call.descriptor("gmem");
  if (!call.ready()) return;
  gm_fstat(fd, &call.result);
  if (!call.ok()) return;
  call.outputs["st_size"] = call.result.st_size;
  call.outputs["st_blocks"] = call.result.st_blocks;
  call.outputs["st_mode"] = call.result.st_mode;
  call.outputs["st_nlink"] = call.result.st_nlink;
}

void fallocate_file(Call& call, int) {
  const int fd = call.descriptor("gmem");
  const auto mode = call.number<std::uint32_t>("mode");
  const auto offset = call.number<std::int64_t>("offset");
  const auto length = call.number<std::int64_t>("length");
  if (allocates(call, mode, offset, length)) call.take_memory(static_cast<std::uint64_t>(length));
  if (call.ready()) gm_fallocate(fd, static_cast<int>(mode), offset, length, &call.result);
}

void mmap_file(Call& call, int) {
  const int fd = call.descriptor("gmem");
  const std::string name = call.new_name("map", Kind::kMapping);
  const auto length = call.number<std::uint64_t>("length");
  const auto prot = call.number<std::uint32_t>("prot");
  const auto flags = call.number<std::uint32_t>("flags");
  const auto offset = call.number<std::uint64_t>("offset");
  if ((flags & MAP_FIXED) != 0)
    call.fail("field 'flags': MAP_FIXED needs an address, which no line has");
  if (populates(flags)) call.take_memory(call.bytes_in_file("gmem", offset, length));
  call.objects().newest_mapping = name;
  if (!call.ready()) return;
  gm_mapping mapping{};
  gm_mmap(&mapping, fd, length, static_cast<int>(prot), static_cast<int>(flags), offset,
          &call.result);
  call.bind(name, Kind::kMapping).mapping = mapping;
}

bool is_refused_by_munmap(std::uint64_t offset, std::uint64_t length) {
  return length > kTaskSize || (offset > kTaskSize && offset < kKernelHalf);
}

void munmap_pages(Call& call, int) {
  const Object* const object = call.object("map", Kind::kMapping);
  const auto offset = call.number<std::uint64_t>("map_offset");
  const auto length = call.number<std::uint64_t>("length");
  if (!call.ready()) return;
  const gm_mapping& mapping = object->mapping;
  // What lies between is not ours.
  if (!is_refused_by_munmap(offset, length) &&
      (offset > mapping.reach || length > mapping.reach - offset)) {
    call.lack(kNotUnmapped);
    return;
  }
  gm_munmap(&mapping, offset, length, &call.result);
}

void pagemap(Call& call, int) {
  const auto page = call.number<std::uint64_t>("page");
  const auto count = call.number<unsigned>("npages", 1U);
  if (count > GM_MAX_PTES)
    call.fail("field 'npages': at most " + std::to_string(GM_MAX_PTES) + " entries at a time");
  const gm_mapping* const mapping = call.pages("map", page, count);
  if (!call.ready()) return;
  gm_pagemap(mapping, page, count, &call.result);
  Line entries = Line::array();
  for (unsigned i = 0; i < call.result.count; ++i)
    entries.push_back({{"page", page + i},
                       {"present", static_cast<int>(call.result.ptes[i].present)},
                       {"pfn", call.result.ptes[i].pfn}});
  call.outputs["ptes"] = std::move(entries);
}

}  // namespace gms::runner
