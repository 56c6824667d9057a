#include "runner/host.h"

#include <sys/utsname.h>

#include <chrono>

#include "runner/isolate.h"

extern "C" {
#include "runner/ops.h"
}

namespace gms::runner {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);

Line told(const gm_host& asked) {
  return {{"types", asked.vm_types},
          {"gmem", asked.gmem},
          {"flags", asked.gmem_flags},
          {"attributes", asked.vm_attributes},
          {"attributes2", asked.gmem_attributes},
          {"prefault", asked.pre_fault},
          {"binds", asked.binds_past_signed_range},
          {"ksm", asked.ksm},
          {"frames_hidden", asked.frames_hidden},
          {"vcpu", asked.vcpu},
          {"emulated", asked.guest_uses_userspace_addr}};
}

void take(Host& host, const Line& answers) {
  if (answers.contains("problem")) {
    host.problem = answers["problem"].get<std::string>();
    return;
  }
  const auto types = answers["types"].get<std::uint32_t>();
  for (std::int64_t type = 0; type < 32; ++type)
    if ((types >> type & 1U) != 0) host.vm_types.insert(type);
  if (!answers["gmem"].get<bool>()) host.problem = "KVM of this kernel has no guest_memfd";
  host.gmem_flags = answers["flags"].get<std::uint64_t>();
  host.vm_attributes = answers["attributes"].get<bool>();
  host.gmem_attributes = answers["attributes2"].get<bool>();
  host.pre_fault = answers["prefault"].get<bool>();
  host.binds_past_signed_range = answers["binds"].get<bool>();
  host.ksm = answers["ksm"].get<bool>();
  host.vcpu = answers["vcpu"].get<bool>();
  host.traits.frames_hidden = answers["frames_hidden"].get<bool>();
  host.traits.guest_uses_userspace_addr = answers["emulated"].get<bool>();
}

}  // namespace

Host probe_host() {
  Host host;
  utsname name{};
  if (uname(&name) == 0) host.kernel = std::string(name.release) + ' ' + name.version;
  const auto probe = [](Channel& out) {
    Executor executor;
    if (const std::string why = executor.open(); !why.empty()) {
      out.send(Line{{"problem", why}}.dump());
      return;
    }
    gm_host asked{};
    gm_probe_calls(&asked);
    out.send(told(asked).dump());
    gm_probe_guest(&asked);
    out.send(told(asked).dump());
  };
  bool heard = false;
  const auto receive = [&](std::string_view message) {
    heard = true;
    take(host, Line::parse(message));
  };
  // A guest that does not come back only means that there is none to be had.
  const Isolated isolated = isolate(probe, receive, kPatience);
  if (!heard) host.problem = "this machine's KVM does not answer: " + isolated.reason;
  return host;
}

std::string Host::spec() const {
  if (gmem_attributes) return "inplace_v7";
  return binds_past_signed_range ? "linux_6_18" : "linux_7_1";
}

std::vector<std::pair<std::string, std::string>> Host::params() const {
  const auto text = [](bool value) { return std::string(value ? "true" : "false"); };
  std::vector<std::pair<std::string, std::string>> result{
      {"sw_protected_vm", text(vm_types.contains(1))},
      {"tdp", text(pre_fault)},
      {"ksm", text(ksm)}};
  if (gmem_attributes) result.emplace_back("vm_memory_attributes", "false");
  return result;
}

std::string Host::lacks(const Line& line) const {
  const std::string op = line["op"].get<std::string>();
  const auto number = [&](const char* field) {
    const auto found = line.find(field);
    return found != line.end() && found->is_number() ? found->get<std::uint64_t>() : 0;
  };
  if (op == "create_vm" && !vm_types.contains(static_cast<std::int64_t>(number("type"))))
    return "VM type " + line["type"].dump();
  if (op == "create_gmem" && (number("flags") & ~gmem_flags) != 0)
    return "the flags " + std::to_string(number("flags")) + " of guest_memfd";
  if (op == "set_attr1" && !vm_attributes) return "KVM_SET_MEMORY_ATTRIBUTES";
  if (op == "set_attr2" && !gmem_attributes) return "KVM_SET_MEMORY_ATTRIBUTES2";
  if (op == "prefault" && !pre_fault) return "KVM_PRE_FAULT_MEMORY";
  if (op.starts_with("guest_") && !vcpu) return "a vCPU";
  return {};
}

}  // namespace gms::runner
