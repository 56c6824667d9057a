// What this machine's KVM offers, found out by asking and by a few calls on VMs of our own.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runner/executor.h"

namespace gms::runner {

struct Host {
  std::string problem;  // why nothing can be run: "cannot open /dev/kvm: ..."; empty: it can
  std::string kernel;   // as uname says: "6.18.44 #1 SMP"
  std::set<std::int64_t> vm_types;
  std::uint64_t gmem_flags = 0;          // that a VM of some type allows
  bool pre_fault = false;                // KVM_PRE_FAULT_MEMORY
  bool vm_attributes = false;            // KVM_SET_MEMORY_ATTRIBUTES
  bool gmem_attributes = false;          // KVM_SET_MEMORY_ATTRIBUTES2
  bool binds_past_signed_range = false;  // as before 7.1: offset + size is not seen to overflow
  bool ksm = false;
  bool vcpu = false;  // a vCPU can be made and runs
  Traits traits;

  bool usable() const { return problem.empty(); }

  /// The shipped spec that fits, and values of its parameters.
  std::string spec() const;
  std::vector<std::pair<std::string, std::string>> params() const;
  /// Why a line that is expected to succeed cannot: "VM type 1". Empty if nothing is known to lack.
  std::string lacks(const Line& line) const;
};

Host probe_host();

}  // namespace gms::runner
