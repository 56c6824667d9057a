// Calls on /dev/kvm, on VMs and on guest_memfds.
#include "runner/kselftest/write_ops.h"

namespace gms::runner {
namespace {

using Kind = Object::Kind;
using Text = std::string;

Text place_of(Call& call) {
  const gm_place place = call.place("ptr");
  constexpr std::string_view kNames[] = {"GM_POINTER_OK", "GM_POINTER_AT_END",
                                         "GM_POINTER_READ_ONLY", "GM_POINTER_CROSSES",
                                         "GM_POINTER_NUMBER"};
  static_assert(GM_POINTER_OK == 0 && GM_POINTER_NUMBER == std::size(kNames) - 1);
  return "(struct gm_place){" + Text(kNames[place.kind]) + ", " + c_number(place.number) + '}';
}

Text newest(Writer& out, bool vm) {
  if (vm) {
    const Machine* const machine = out.newest_vm();
    return machine == nullptr || machine->descriptor.empty() ? "-1" : machine->descriptor;
  }
  const Variable* const gmem = out.use(out.newest_gmem);
  return gmem != nullptr ? gmem->name : "-1";
}

}  // namespace

void write_create_vm(Writer& out, Call& call, const OpEntry&) {
  const auto type = call.number<std::int64_t>("type");
  Variable& vm = out.made(call, "vm", Kind::kDescriptor);
  if (type != 0)
    out.needs(type > 0 && type < 32 ? "(gv_host.vm_types >> " + std::to_string(type) + " & 1) != 0"
                                    : "false",
              "VM type " + std::to_string(type));
  out.call("gm_create_vm", {c_number_signed(type)});
  take_descriptor(out, vm);
  if (vm.made != Variable::Made::kNever) vm.machine = &out.new_vm(vm);
}

void write_check_extension(Writer& out, Call& call, const OpEntry&) {
  const Text fd = out.descriptor(call, "on", true);
  out.call("gm_check_extension", {fd, given<std::uint32_t>(call, "cap")});
}

void write_create_gmem(Writer& out, Call& call, const OpEntry&) {
  const Text vm = out.descriptor(call, "vm", true);
  const auto flags = call.number<std::uint64_t>("flags", 0);
  const int reserved = call.has("reserved_index") ? call.number<int>("reserved_index") : -1;
  if (flags != 0)
    out.needs("(" + c_number(flags) + " & ~gv_host.gmem_flags) == 0",
              "the flags " + std::to_string(flags) + " of guest_memfd");
  out.call("gm_create_gmem", {vm, given<std::uint64_t>(call, "size", 0), c_number(flags),
                              std::to_string(reserved), place_of(call)});
  if (!call.has("gmem")) {
    out.say("if (gv_ok(&r)) close((int)r.ret);");
    return;
  }
  take_descriptor(out, out.made(call, "gmem", Kind::kDescriptor));
  out.newest_gmem = call.text("gmem");
}

void write_set_region2(Writer& out, Call& call, const OpEntry&) {
  const Variable* const vm = out.use(call.text("vm"));
  if (vm == nullptr) return;
  if (vm->machine == nullptr) return out.skip("'" + call.text("vm") + "' is no VM");
  const auto slot = call.number<std::uint32_t>("slot");
  const auto gpa = call.number<std::uint64_t>("gpa");
  const auto size = call.number<std::uint64_t>("size");
  if (vm->machine->has_vcpu && takes_guest_code(slot, gpa, size)) return out.skip(kGuestCodeTaken);
  const Text gmem = out.descriptor(call, "gmem", true);
  const Text hva = out.address(call.text("hva"), size);
  out.call("gm_set_region2",
           {vm->name, c_number(slot), given<std::uint32_t>(call, "flags"), c_number(gpa),
            c_number(size), hva, gmem, given<std::uint64_t>(call, "gmem_offset")});
}

void write_set_attr1(Writer& out, Call& call, const OpEntry&) {
  const Text fd = newest(out, call.text("on") == "vm");
  out.needs("gv_host.vm_attributes", "KVM_SET_MEMORY_ATTRIBUTES");
  out.call("gm_set_attr1",
           {fd, given<std::uint64_t>(call, "address"), given<std::uint64_t>(call, "size"),
            given<std::uint64_t>(call, "attributes"), given<std::uint64_t>(call, "flags", 0)});
}

void write_set_attr2(Writer& out, Call& call, const OpEntry&) {
  const Text fd = out.descriptor(call, "gmem", true);
  const bool nonzero = call.has("reserved_nonzero") && call.flag("reserved_nonzero", false);
  const int reserved = call.number<int>("reserved_index", nonzero ? 0 : -1);
  out.needs("gv_host.gmem_attributes", "KVM_SET_MEMORY_ATTRIBUTES2");
  out.call("gm_set_attr2",
           {fd, given<std::uint64_t>(call, "offset"), given<std::uint64_t>(call, "size"),
            given<std::uint64_t>(call, "attributes"), given<std::uint64_t>(call, "flags", 0),
            std::to_string(reserved), given<std::uint64_t>(call, "error_offset_in", kErrorOffset),
            place_of(call)});
}

void write_ioctl_other(Writer& out, Call& call, const OpEntry&) {
  out.call("gm_ioctl_other", {newest(out, false), request_of(call).name});
}

}  // namespace gms::runner
