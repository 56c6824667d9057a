// Accesses of a guest. A line names no VM: its vCPU belongs to the newest, and is made when it is
// first needed, so that programs without a guest have all slots and addresses to themselves. Each
// thread has a vCPU of its own.
#include <cerrno>

#include "runner/perform.h"

namespace gms::runner {
namespace {

constexpr std::uint64_t kMaxGpa = 0xffffffff;  // the guest runs in 32-bit mode

constexpr std::string_view kExitNames[] = {"ok", "memory_fault", "mmio", "exit"};

/// The vCPU that a line means; null after a message.
const gm_vcpu* vcpu_of(Call& call) {
  if (call.number<unsigned>("vcpu", 0U) != 0)
    call.fail("field 'vcpu': a thread has only one, which is number 0");
  const std::shared_ptr<Vm> vm = call.newest_vm();
  if (!call.ready()) return nullptr;
  if (call.thread() == 0)
    if (const std::string why = open_vcpu(*vm, 0); !why.empty()) call.lack(why);
  const auto found = vm->vcpus.find(call.thread());
  return call.ready() && found != vm->vcpus.end() ? &found->second : nullptr;
}

}  // namespace

std::string open_vcpu(Vm& vm, int thread) {
  if (vm.vcpus.contains(thread)) return {};
  // Number 0 brings the code that all of them run.
  if (thread != 0)
    if (std::string why = open_vcpu(vm, 0); !why.empty()) return why;
  gm_vcpu made{};
  const int failed = thread == 0 ? gm_vcpu_open(&made, vm.fd)
                                 : gm_vcpu_add(&made, vm.fd, static_cast<unsigned>(thread));
  if (failed == 0) {
    vm.vcpus.emplace(thread, made);
    return {};
  }
  const int error = errno;
  return error == EEXIST
             ? "slot 31 and guest address 0x70000000 are needed for the code of the guest"
             : "no vCPU can be made: " + error_name(error);
}

void guest_access(Call& call, int access) {
  const auto gpa = call.number<std::uint64_t>("gpa");
  if (gpa > kMaxGpa) call.lack("the guest reaches addresses below 4 GiB only");
  if (gpa / GM_PAGE_SIZE == GM_CODE_GPA / GM_PAGE_SIZE) call.lack(kGuestCodeTaken);
  const auto value =
      access == GM_GUEST_READ ? std::uint8_t{0} : call.number<std::uint8_t>("write_value");
  const gm_vcpu* const vcpu = vcpu_of(call);
  if (!call.ready()) return;
  gm_guest(vcpu, static_cast<gm_guest_access>(access), gpa, value, &call.result);
  const gm_result& result = call.result;
  Line& out = call.outputs;
  out["result"] = kExitNames[result.exit];
  const bool done = result.exit == GM_EXIT_OK || result.exit == GM_EXIT_MMIO;
  if (done && access != GM_GUEST_WRITE) out["value"] = result.value;
  if (result.exit == GM_EXIT_MEMORY_FAULT)
    out["fault"] = {
        {"flags", result.fault_flags}, {"gpa", result.fault_gpa}, {"size", result.fault_size}};
  if (result.exit == GM_EXIT_OTHER) {
    out["exit_reason"] = result.exit_reason;
    out["suberror"] = result.suberror;
  }
  if (result.has_mmio)
    out["mmio"] = {{"phys_addr", result.mmio_gpa},
                   {"len", result.mmio_length},
                   {"is_write", static_cast<int>(result.mmio_is_write)}};
}

void prefault(Call& call, int) {
  const auto gpa = call.number<std::uint64_t>("gpa");
  const auto size = call.number<std::uint64_t>("size");
  if (gpa + size > gpa) call.take_memory(size);
  const gm_vcpu* const vcpu = vcpu_of(call);
  if (!call.ready()) return;
  gm_prefault(vcpu, gpa, size, &call.result);
  call.outputs["gpa_out"] = call.result.gpa_out;
  call.outputs["size_out"] = call.result.size_out;
}

}  // namespace gms::runner
