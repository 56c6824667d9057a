// Accesses of the host's processes, of the kernel for them, and references that stay.
#include <cerrno>
#include <csignal>
#include <limits>

#include "runner/perform.h"

namespace gms::runner {
namespace {

using Kind = Object::Kind;

// Advice that takes a page of the host's memory out of use, whatever it held.
constexpr std::uint32_t kHwPoison = 100, kSoftOffline = 101;

constexpr int kChildTid = 100;

constexpr Word<int> kProcesses[] = {{"child", 0}};

/// How much memory so many pages are; more than there can be, if the product is no number.
std::uint64_t bytes_of(std::uint64_t pages) {
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  return pages > most / GM_PAGE_SIZE ? most : pages * GM_PAGE_SIZE;
}

/// io_uring is set up when it is first needed.
void need_uring(Call& call) {
  if (call.ready() && !gm_uring_ready())
    call.lack("io_uring is not to be had: " + error_name(errno));
}

/// Bytes of a page are counted in 12 bits.
unsigned byte_of(Call& call) {
  const auto byte = call.number<unsigned>("byte", 0U);
  if (byte >= GM_PAGE_SIZE) call.fail("field 'byte': expected 0 to 4095");
  return byte;
}

}  // namespace

void host_access(Call& call, int write) {
  const bool by_child = call.has("process");
  if (by_child) {
    call.word<int>("process", kProcesses, "process; expected child");
    if (!call.performs() && !call.objects().declared_child)
      call.fail("field 'process': no earlier call made a child");
  }
  const auto page = call.number<std::uint64_t>("page");
  const unsigned byte = byte_of(call);
  std::uint8_t value = 0;
  if (write != 0)
    value = by_child ? call.number<std::uint8_t>("value", kChildValue)
                     : call.number<std::uint8_t>("value");
  const gm_mapping* const mapping = call.pages("map", page, 1);
  if (!call.ready()) return;
  if (!by_child) {
    gm_host_access(mapping, page, byte, write != 0, value, &call.result);
  } else if (!gm_child_access(mapping, page, byte, write != 0, value, &call.result)) {
    call.lack("the forked child does not answer");
    return;
  } else {
    call.tid = kChildTid;
  }
  const gm_result& result = call.result;
  call.outputs["result"] = result.signal == 0        ? "ok"
                           : result.signal == SIGBUS ? "SIGBUS"
                                                     : "SIGSEGV";
  if (result.signal != 0) {
    call.outputs["si_code"] = result.si_code;
    // The kernel's address may lie before the mapping only if it is not the one that was touched.
    if (result.si_addr_page >= 0) call.outputs["si_addr_page"] = result.si_addr_page;
  } else if (write == 0) {
    call.outputs["value"] = result.value;
  }
}

void fork_process(Call& call, int) {
  call.objects().declared_child = true;
  if (call.ready()) gm_fork(&call.result);
}

void page_call(Call& call, int variant) {
  const auto which = static_cast<gm_page_op>(variant);
  const auto page = call.number<std::uint64_t>("page");
  const auto argument = which == GM_PAGE_MADVISE    ? call.number<std::uint32_t>("advice")
                        : which == GM_PAGE_MPROTECT ? call.number<std::uint32_t>("prot")
                                                    : 0U;
  if (which == GM_PAGE_MADVISE && (argument == kHwPoison || argument == kSoftOffline))
    call.lack("madvise " + std::to_string(argument) + " would take memory from the host");
  const gm_mapping* const mapping = call.pages("map", page, 1);
  if (!call.ready()) return;
  gm_page_call(mapping, page, which, static_cast<int>(argument), &call.result);
  if (which == GM_PAGE_MINCORE) call.outputs["vec0"] = static_cast<int>(call.result.resident);
}

void pin_pages(Call& call, int) {
  const std::string name = call.new_name("pin", Kind::kPin);
  const auto page = call.number<std::uint64_t>("page");
  const auto count = call.number<std::uint64_t>("npages");
  call.take_memory(bytes_of(count));
  const gm_mapping* const mapping = call.pages("map", page, count);
  if (!call.ready()) return;
  gm_pin pin{-1};
  gm_pin_pages(&pin, mapping, page, count, &call.result);
  call.bind(name, Kind::kPin).pin = pin;
}

void pin_read(Call& call, int) {
  const Object* const object = call.object("pin", Kind::kPin);
  if (!call.ready()) return;
  gm_pin_read(&object->pin, &call.result);
  Line values = Line::array();
  for (unsigned i = 0; i < call.result.count; ++i)
    values.push_back(call.result.values[i]);
  call.outputs["values"] = std::move(values);
}

void unpin(Call& call, int) {
  Object* const object = call.object("pin", Kind::kPin);
  if (object != nullptr) {
    object->state = Object::State::kGone;
    call.use.closes = call.text("pin");
  }
  if (call.ready()) gm_unpin(&object->pin, &call.result);
}

void io_uring_setup(Call& call, int) {
  if (!call.ready()) return;
  gm_io_uring_setup(&call.result);
  if (call.result.error == ENOSYS || call.result.error == EPERM)
    call.lack("io_uring is not to be had: " + error_name(call.result.error));
}

void io_uring_register(Call& call, int) {
  const auto page = call.number<std::uint64_t>("page");
  const auto count = call.number<std::uint64_t>("npages");
  call.take_memory(bytes_of(count));
  const gm_mapping* const mapping = call.pages("map", page, count);
  need_uring(call);
  if (call.ready()) gm_io_uring_register(mapping, page, count, &call.result);
}

void io_uring_unregister(Call& call, int) {
  need_uring(call);
  if (call.ready()) gm_io_uring_unregister(&call.result);
}

}  // namespace gms::runner
