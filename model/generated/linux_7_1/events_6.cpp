// Events of linux_7_1.
#include "model/generated/linux_7_1/events.h"

#include <cstddef>

#include "model/generated/linux_7_1/actions.h"
#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/slots.h"
#include "model/generated/linux_7_1/words.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

/// A read and then, unless it could not be done, a write; of two MMIO exits the log shows the
/// second.
// linux_6_18/events.gms:247
Verdict on_guest_rmw(EventRun<State>& run) {
  State& s = run.s;
  std::uint64_t gpa = 0;
  std::uint8_t write_value = 0;
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
  if (!read_field(run.field(kSlotWriteValue), 8u, Absent::kIsError, write_value))
    return Verdict::kUndecided;
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
  if (value.has_value()) {
    {
      GuestReadOutputs out;
      const Verdict verdict = run.follow(
          told(Errno::kOk),
          [&](Follow& choose) {
            return guest_read(s, choose, s.newest_vm().value(), gpa, injected, out);
          },
          [&](Unsure& unsure) { return agrees(out.value, value, unsure); });
      if (verdict != Verdict::kConforms) return verdict;
    }
    {
      GuestWriteOutputs out;
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return guest_write(s, choose, s.newest_vm().value(), gpa, write_value, injected, out);
          },
          [&](Unsure& unsure) {
            return agrees(out.end, result, unsure) &&
                   agrees(out.fault_flags, fault_flags, unsure) &&
                   agrees(out.fault_gpa, fault_gpa, unsure) &&
                   agrees(out.fault_size, fault_size, unsure) &&
                   agrees(out.mmio_gpa, mmio_phys_addr, unsure) &&
                   agrees(out.mmio_write, mmio_is_write, unsure) &&
                   agrees(out.exit_reason, exit_reason, unsure);
          });
      if (verdict != Verdict::kConforms) return verdict;
    }
  } else {
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
                   agrees(out.exit_reason, exit_reason, unsure);
          });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:261
Verdict on_prefault(EventRun<State>& run) {
  State& s = run.s;
  std::uint64_t gpa = 0;
  std::uint64_t size = 0;
  std::uint64_t gpa_out = 0;
  std::uint64_t size_out = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  if (!read_field(run.field(kSlotGpa), 64u, Absent::kIsError, gpa)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSize), 64u, Absent::kIsError, size)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotGpaOut), 64u, Absent::kIsError, gpa_out))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSizeOut), 64u, Absent::kIsError, size_out))
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
    PreFaultMemoryOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return pre_fault_memory(s, choose, s.newest_vm().value(), gpa, size, injected, out);
        },
        [&](Unsure& unsure) {
          return agrees(out.gpa_out, gpa_out, unsure) && agrees(out.size_out, size_out, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::linux_7_1
