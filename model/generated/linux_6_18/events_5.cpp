// Events of linux_6_18.
#include "model/generated/linux_6_18/events.h"

#include <cstddef>

#include "model/generated/linux_6_18/actions.h"
#include "model/generated/linux_6_18/functions.h"
#include "model/generated/linux_6_18/slots.h"
#include "model/generated/linux_6_18/words.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

// linux_6_18/events.gms:204
Verdict on_read_into_page(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return kernel_write(s, choose, s.first_process().value(), map.value(), wrap<52>(page),
                              AccessPath::kCopyUser);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:207
Verdict on_process_vm_readv(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return kernel_read(s, choose, s.first_process().value(), map.value(), wrap<52>(page),
                             AccessPath::kRemoteVm);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:210
Verdict on_process_vm_writev(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return kernel_write(s, choose, s.first_process().value(), map.value(), wrap<52>(page),
                              AccessPath::kRemoteVm);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:213
Verdict on_proc_mem_pread(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return kernel_read(s, choose, s.first_process().value(), map.value(), wrap<52>(page),
                             AccessPath::kProcMem);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:216
Verdict on_proc_mem_pwrite(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return kernel_write(s, choose, s.first_process().value(), map.value(), wrap<52>(page),
                              AccessPath::kProcMem);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:219
Verdict on_mlock(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return mlock(s, choose, s.first_process().value(), map.value(), wrap<52>(page));
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:220
Verdict on_munlock(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return munlock(s, choose, s.first_process().value(), map.value(), wrap<52>(page));
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:221
Verdict on_msync(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return msync(s, choose, s.first_process().value(), map.value(), wrap<52>(page));
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:222
Verdict on_mincore(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  bool vec0 = false;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotVec0), 1u, Absent::kIsError, vec0)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const bool shown = errno_ == Errno::kOk;
    MincoreOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return mincore(s, choose, s.first_process().value(), map.value(), wrap<52>(page), out);
        },
        [&](Unsure& unsure) { return (!shown || agrees(out.resident, vec0, unsure)); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:225
Verdict on_madvise(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::uint32_t advice = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotAdvice), 32u, Absent::kIsError, advice))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return madvise(s, choose, s.first_process().value(), map.value(), wrap<52>(page), advice);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:230
Verdict on_guest_read(EventRun<State>& run) {
  State& s = run.s;
  std::uint64_t gpa = 0;
  GuestExit result = GuestExit::kCompleted;
  Optional<std::uint8_t> value;
  Optional<std::uint64_t> fault_flags;
  Optional<std::uint64_t> fault_gpa;
  Optional<std::uint64_t> fault_size;
  Optional<std::uint64_t> mmio_phys_addr;
  Optional<std::uint32_t> mmio_len;
  Optional<bool> mmio_is_write;
  Optional<std::uint32_t> exit_reason;
  Optional<std::uint32_t> suberror;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  if (!read_field(run.field(kSlotGpa), 64u, Absent::kIsError, gpa)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotResult), guest_exit_words(), Absent::kIsError, result))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotValue), 8u, Absent::kIsZero, value)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFaultFlags), 64u, Absent::kIsZero, fault_flags))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFaultGpa), 64u, Absent::kIsZero, fault_gpa))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFaultSize), 64u, Absent::kIsZero, fault_size))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMmioPhysAddr), 64u, Absent::kIsZero, mmio_phys_addr))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMmioLen), 32u, Absent::kIsZero, mmio_len))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMmioIsWrite), 1u, Absent::kIsZero, mmio_is_write))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotExitReason), 32u, Absent::kIsZero, exit_reason))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSuberror), 32u, Absent::kIsZero, suberror))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (!run.field(kSlotInjected).present()) injected = false;
  if (!s.newest_vm().has_value()) {
    // the VM is gone
    return Verdict::kUndecided;
  }
  {
    GuestReadOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return guest_read(s, choose, s.newest_vm().value(), gpa, injected, out);
        },
        [&](Unsure& unsure) {
          return agrees(out.end, result, unsure) && agrees(out.value, value, unsure) &&
                 agrees(out.fault_flags, fault_flags, unsure) &&
                 agrees(out.fault_gpa, fault_gpa, unsure) &&
                 agrees(out.fault_size, fault_size, unsure) &&
                 agrees(out.mmio_gpa, mmio_phys_addr, unsure) &&
                 agrees(out.mmio_write, mmio_is_write, unsure) &&
                 agrees(out.exit_reason, exit_reason, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:238
Verdict on_guest_write(EventRun<State>& run) {
  State& s = run.s;
  std::uint64_t gpa = 0;
  std::uint8_t write_value = 0;
  GuestExit result = GuestExit::kCompleted;
  Optional<std::uint64_t> fault_flags;
  Optional<std::uint64_t> fault_gpa;
  Optional<std::uint64_t> fault_size;
  Optional<std::uint64_t> mmio_phys_addr;
  Optional<std::uint32_t> mmio_len;
  Optional<bool> mmio_is_write;
  Optional<std::uint32_t> exit_reason;
  Optional<std::uint32_t> suberror;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  if (!read_field(run.field(kSlotGpa), 64u, Absent::kIsError, gpa)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotWriteValue), 8u, Absent::kIsError, write_value))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotResult), guest_exit_words(), Absent::kIsError, result))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFaultFlags), 64u, Absent::kIsZero, fault_flags))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFaultGpa), 64u, Absent::kIsZero, fault_gpa))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFaultSize), 64u, Absent::kIsZero, fault_size))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMmioPhysAddr), 64u, Absent::kIsZero, mmio_phys_addr))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMmioLen), 32u, Absent::kIsZero, mmio_len))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMmioIsWrite), 1u, Absent::kIsZero, mmio_is_write))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotExitReason), 32u, Absent::kIsZero, exit_reason))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSuberror), 32u, Absent::kIsZero, suberror))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (!run.field(kSlotInjected).present()) injected = false;
  if (!s.newest_vm().has_value()) {
    // the VM is gone
    return Verdict::kUndecided;
  }
  {
    GuestWriteOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return guest_write(s, choose, s.newest_vm().value(), gpa, write_value, injected, out);
        },
        [&](Unsure& unsure) {
          return agrees(out.end, result, unsure) && agrees(out.fault_flags, fault_flags, unsure) &&
                 agrees(out.fault_gpa, fault_gpa, unsure) &&
                 agrees(out.fault_size, fault_size, unsure) &&
                 agrees(out.mmio_gpa, mmio_phys_addr, unsure) &&
                 agrees(out.mmio_write, mmio_is_write, unsure) &&
                 agrees(out.exit_reason, exit_reason, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::linux_6_18
