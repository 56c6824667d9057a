// Descriptors, files and mappings.
#include "runner/kselftest/write_ops.h"

namespace gms::runner {
namespace {

using Kind = Object::Kind;
using Text = std::string;

}  // namespace

void write_dup(Writer& out, Call& call, const OpEntry&) {
  const Variable* const from = out.use(call.text("gmem"));
  if (from == nullptr) return;
  Machine* const machine = from->machine;
  out.call("gm_file_call", {from->name, "GM_FILE_DUP", "0"});
  Variable& made = out.made(call, "new", Kind::kDescriptor);
  take_descriptor(out, made);
  if (made.made == Variable::Made::kNever) return;
  made.machine = machine;
  if (machine != nullptr && machine->descriptor.empty()) machine->descriptor = made.name;
}

void write_close(Writer& out, Call& call, const OpEntry&) {
  Variable* const object = out.use(call.text("obj"));
  if (object == nullptr) return;
  out.call("gm_file_call", {object->name, "GM_FILE_CLOSE", "0"});
  out.say(object->name + " = -1;");
  object->closed = true;
  if (object->machine != nullptr && object->machine->descriptor == object->name)
    object->machine->descriptor.clear();
}

void write_file_call(Writer& out, Call& call, const OpEntry& op) {
  const Text fd = out.descriptor(call, "gmem");
  const bool sized = op.variant == GM_FILE_FTRUNCATE;
  out.call("gm_file_call",
           {fd, op.variant_name, sized ? given<std::uint64_t>(call, "length") : "0"});
}

void write_open_proc_fd(Writer& out, Call& call, const OpEntry&) {
  const Variable* const file = out.use(call.text("gmem"));
  if (file == nullptr) return;
  if (file->closed) return out.skip("a closed descriptor has no name under /proc");
  out.call("gm_open_proc_fd", {file->name});
}

void write_fstat(Writer& out, Call& call, const OpEntry&) {
  out.call("gm_fstat", {out.descriptor(call, "gmem")});
}

void write_fallocate(Writer& out, Call& call, const OpEntry&) {
  const Text fd = out.descriptor(call, "gmem");
  out.call("gm_fallocate", {fd, given<std::uint32_t>(call, "mode"),
                            c_number_signed(call.number<std::int64_t>("offset")),
                            c_number_signed(call.number<std::int64_t>("length"))});
}

void write_mmap(Writer& out, Call& call, const OpEntry&) {
  const Text fd = out.descriptor(call, "gmem");
  const auto length = call.number<std::uint64_t>("length");
  Variable& map = out.made(call, "map", Kind::kMapping);
  if (map.made == Variable::Made::kSurely)
    map.pages = length / GM_PAGE_SIZE + (length % GM_PAGE_SIZE != 0 ? 1 : 0);
  out.newest_mapping = call.text("map");
  out.call("gm_mmap", {"&" + map.name, fd, c_number(length), given<std::uint32_t>(call, "prot"),
                       given<std::uint32_t>(call, "flags"), given<std::uint64_t>(call, "offset")});
}

void write_munmap(Writer& out, Call& call, const OpEntry&) {
  const Variable* const map = out.use(call.text("map"));
  if (map == nullptr) return;
  const auto offset = call.number<std::uint64_t>("map_offset");
  const auto length = call.number<std::uint64_t>("length");
  if (!is_refused_by_munmap(offset, length))
    out.need("gv_reaches(&" + map->name + ", " + c_number(offset) + ", " + c_number(length) + ")",
             Text(kNotUnmapped));
  out.call("gm_munmap", {"&" + map->name, c_number(offset), c_number(length)});
}

void write_pagemap(Writer& out, Call& call, const OpEntry&) {
  const auto page = call.number<std::uint64_t>("page");
  const auto count = call.number<unsigned>("npages", 1U);
  out.call("gm_pagemap", {out.pages(call, "map", page, count), c_number(page), c_number(count)});
}

}  // namespace gms::runner
