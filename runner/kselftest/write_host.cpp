// Accesses of the host and of the guest, and references that stay.
#include "runner/kselftest/write_ops.h"

namespace gms::runner {
namespace {

using Kind = Object::Kind;
using Text = std::string;

constexpr std::string_view kNoUring = "io_uring is not to be had";

/// The variable of a vCPU that exists.
Text vcpu_of(Writer& out) {
  Machine* const vm = out.newest_vm();
  if (vm == nullptr) return "NULL";
  if (!vm->has_vcpu)
    out.need("gv_vcpu(&" + vm->vcpu + ", " + (vm->descriptor.empty() ? "-1" : vm->descriptor) + ")",
             "no vCPU can be made");
  vm->has_vcpu = true;
  return "&" + vm->vcpu;
}

}  // namespace

void write_host_access(Writer& out, Call& call, const OpEntry& op) {
  const bool by_child = call.has("process"), write = op.variant != 0;
  const auto page = call.number<std::uint64_t>("page");
  const Text map = out.pages(call, "map", page, 1);
  const Text value = !write                           ? "0"
                     : by_child && !call.has("value") ? c_number(kChildValue)
                                                      : given<std::uint8_t>(call, "value");
  const std::vector<Text> arguments{map, c_number(page), given<unsigned>(call, "byte", 0U),
                                    write ? "true" : "false", value};
  if (!by_child) return out.call("gm_host_access", arguments);
  Text child = "gm_child_access(";
  for (const Text& one : arguments)
    child += one + ", ";
  out.uses_result();
  out.need(child + "&r)", "the forked child does not answer");
}

void write_fork(Writer& out, Call&, const OpEntry&) {
  out.call("gm_fork", {});
}

void write_page_call(Writer& out, Call& call, const OpEntry& op) {
  const auto page = call.number<std::uint64_t>("page");
  const Text argument = op.variant == GM_PAGE_MADVISE    ? given<std::uint32_t>(call, "advice")
                        : op.variant == GM_PAGE_MPROTECT ? given<std::uint32_t>(call, "prot")
                                                         : "0";
  const Text map = out.pages(call, "map", page, 1);
  out.call("gm_page_call", {map, c_number(page), op.variant_name, argument});
}

void write_pin(Writer& out, Call& call, const OpEntry&) {
  const auto page = call.number<std::uint64_t>("page");
  const auto count = call.number<std::uint64_t>("npages");
  const Text map = out.pages(call, "map", page, count);
  const Variable& pin = out.made(call, "pin", Kind::kPin);
  out.call("gm_pin_pages", {"&" + pin.name, map, c_number(page), c_number(count)});
}

void write_pin_read(Writer& out, Call& call, const OpEntry&) {
  if (const Variable* const pin = out.use(call.text("pin")))
    out.call("gm_pin_read", {"&" + pin->name});
}

void write_unpin(Writer& out, Call& call, const OpEntry&) {
  Variable* const pin = out.use(call.text("pin"));
  if (pin == nullptr) return;
  out.call("gm_unpin", {"&" + pin->name});
  pin->closed = true;
}

void write_uring_setup(Writer& out, Call&, const OpEntry&) {
  out.call("gm_io_uring_setup", {});
  out.need("r.error != ENOSYS && r.error != EPERM", Text(kNoUring));
}

void write_uring_register(Writer& out, Call& call, const OpEntry&) {
  const auto page = call.number<std::uint64_t>("page");
  const auto count = call.number<std::uint64_t>("npages");
  const Text map = out.pages(call, "map", page, count);
  out.need("gm_uring_ready()", Text(kNoUring));
  out.call("gm_io_uring_register", {map, c_number(page), c_number(count)});
}

void write_uring_unregister(Writer& out, Call&, const OpEntry&) {
  out.need("gm_uring_ready()", Text(kNoUring));
  out.call("gm_io_uring_unregister", {});
}

void write_guest_access(Writer& out, Call& call, const OpEntry& op) {
  const auto gpa = call.number<std::uint64_t>("gpa");
  const Text value = op.variant == GM_GUEST_READ ? "0" : given<std::uint8_t>(call, "write_value");
  const Text vcpu = vcpu_of(out);
  out.needs("gv_host.vcpu", "a vCPU");
  out.call("gm_guest", {vcpu, op.variant_name, c_number(gpa), value});
}

void write_prefault(Writer& out, Call& call, const OpEntry&) {
  const Text vcpu = vcpu_of(out);
  out.needs("gv_host.pre_fault", "KVM_PRE_FAULT_MEMORY");
  out.call("gm_prefault",
           {vcpu, given<std::uint64_t>(call, "gpa"), given<std::uint64_t>(call, "size")});
}

}  // namespace gms::runner
