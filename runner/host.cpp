#include "runner/host.h"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>
#include <vector>

#include "runner/isolate.h"

extern "C" {
#include "runner/ops.h"
#include "runner/uapi.h"
}

namespace gms::runner {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);
constexpr std::int64_t kVmTypes = 8;  // types that have been given out so far, and some more
constexpr std::uint64_t kGpa = 0x10000000;
// Added to a page's size it is 2^63: no file is so long, and a signed sum does not see it.
constexpr std::uint64_t kLastSignedPage = 0x7ffffffffffff000;

std::uint64_t capability(int fd, std::uint32_t which) {
  gm_result result{};
  gm_check_extension(fd, which, &result);
  return result.ret > 0 ? static_cast<std::uint64_t>(result.ret) : 0;
}

bool has_ksm() {
  gm_mapping memory = gm_map_anonymous(GM_PAGE_SIZE);
  gm_result result{};
  gm_page_call(&memory, 0, GM_PAGE_MADVISE, MADV_MERGEABLE, &result);
  return result.ret == 0;
}

/// Capabilities, and the one binding that tells 6.18 from 7.1.
Line ask() {
  Line answers{{"gmem", false}, {"flags", 0U}};
  Line types = Line::array();
  std::uint64_t flags = 0;
  bool gmem = false, attributes2 = false;
  for (std::int64_t type = 0; type < kVmTypes; ++type) {
    gm_result vm{}, file{}, region{};
    gm_create_vm(type, &vm);
    if (vm.ret < 0) continue;
    types.push_back(type);
    const int fd = static_cast<int>(vm.ret);
    gmem = gmem || capability(fd, KVM_CAP_GUEST_MEMFD) != 0;
    flags |= capability(fd, KVM_CAP_GUEST_MEMFD_FLAGS);
    attributes2 = attributes2 || capability(fd, KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES) != 0;
    gm_create_gmem(fd, GM_PAGE_SIZE, 0, -1, {GM_POINTER_OK, 0}, &file);
    if (file.ret >= 0 && !answers.contains("binds")) {
      gm_set_region2(fd, 1, KVM_MEM_GUEST_MEMFD, kGpa, GM_PAGE_SIZE, 0, static_cast<int>(file.ret),
                     kLastSignedPage, &region);
      answers["binds"] = region.ret == 0;
    }
    if (file.ret >= 0) close(static_cast<int>(file.ret));
    close(fd);
  }
  const int kvm = gm_context.kvm;
  answers["types"] = types;
  answers["gmem"] = gmem;
  answers["flags"] = flags;
  answers["attributes2"] = attributes2;
  answers["attributes"] = capability(kvm, KVM_CAP_MEMORY_ATTRIBUTES) != 0;
  answers["prefault"] = capability(kvm, KVM_CAP_PRE_FAULT_MEMORY) != 0;
  answers["ksm"] = has_ksm();
  return answers;
}

/// A byte that only the guest_memfd holds: what does a guest see whose slot names other memory?
Line try_guest(Executor& executor) {
  constexpr int kByte = 0x5a;
  const std::vector<Line> program{
      {{"op", "create_vm"}, {"vm", "v"}, {"type", 0}},
      {{"op", "create_gmem"}, {"vm", "v"}, {"gmem", "g"}, {"size", GM_PAGE_SIZE}, {"flags", 3}},
      {{"op", "mmap"},
       {"gmem", "g"},
       {"map", "m"},
       {"length", GM_PAGE_SIZE},
       {"prot", 3},
       {"flags", MAP_SHARED},
       {"offset", 0}},
      {{"op", "host_write"}, {"map", "m"}, {"page", 0}, {"value", kByte}},
      {{"op", "pagemap"}, {"map", "m"}, {"page", 0}, {"npages", 1}},
      {{"op", "set_region2"},
       {"vm", "v"},
       {"slot", 1},
       {"flags", KVM_MEM_GUEST_MEMFD},
       {"gpa", kGpa},
       {"size", GM_PAGE_SIZE},
       {"hva", "anon"},
       {"gmem", "g"},
       {"gmem_offset", 0}},
      {{"op", "guest_read"}, {"gpa", kGpa}},
  };
  Line answers{{"frames", true}, {"vcpu", false}, {"emulated", false}};
  for (const Line& line : program) {
    const Step step = executor.call(line);
    if (step.kind != Step::Kind::kRecorded) return answers;
    const Line& done = step.line;
    if (line["op"] == "pagemap") answers["frames"] = done["ptes"][0]["pfn"] != 0;
    if (line["op"] != "guest_read") continue;
    answers["vcpu"] = true;
    // With a defect of some kernels the access faults; then nothing passes guest_memfd by.
    answers["emulated"] = done["result"] == "ok" && done["value"] != kByte;
  }
  return answers;
}

void take(Host& host, const Line& answers) {
  for (const auto& [key, value] : answers.items()) {
    if (key == "problem") host.problem = value.get<std::string>();
    if (key == "types") host.vm_types = value.get<std::set<std::int64_t>>();
    if (key == "flags") host.gmem_flags = value.get<std::uint64_t>();
    if (key == "gmem" && !value.get<bool>()) host.problem = "KVM of this kernel has no guest_memfd";
    if (key == "binds") host.binds_past_signed_range = value.get<bool>();
    if (key == "attributes") host.vm_attributes = value.get<bool>();
    if (key == "attributes2") host.gmem_attributes = value.get<bool>();
    if (key == "prefault") host.pre_fault = value.get<bool>();
    if (key == "ksm") host.ksm = value.get<bool>();
    if (key == "frames") host.traits.frames_hidden = !value.get<bool>();
    if (key == "vcpu") host.vcpu = value.get<bool>();
    if (key == "emulated") host.traits.guest_uses_userspace_addr = value.get<bool>();
  }
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
    out.send(ask().dump());
    out.send(try_guest(executor).dump());
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
