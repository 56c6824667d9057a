// Events of linux_7_1.
#include "model/generated/linux_7_1/events.h"

#include <cstddef>

#include "model/generated/linux_7_1/actions.h"
#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/slots.h"
#include "model/generated/linux_7_1/words.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

// linux_6_18/events.gms:108
Verdict on_pin(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::uint64_t npages = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  std::optional<NameTable::Id> pin_name;
  if (!run.read_name(kSlotPin, Absent::kIsError, pin_name, nullptr)) return Verdict::kUndecided;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotNpages), 64u, Absent::kIsError, npages))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  if (!run.field(kSlotInjected).present()) injected = false;
  {
    const bool shown = errno_ == Errno::kOk;
    const auto seen = static_cast<std::uint64_t>(ret);
    PinOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return pin(s, choose, s.first_process().value(), map.value(), wrap<52>(page), npages,
                     injected, out);
        },
        [&](Unsure& unsure) { return (!shown || agrees(out.bytes, seen, unsure)); });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(pin_name, out.k)) return Verdict::kUndecided;
  }
  if (pin_name) run.introduce(*pin_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:112
Verdict on_pin_read(EventRun<State>& run) {
  State& s = run.s;
  Optional<Pin> pin_2;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> pin_name;
  if (!run.read_name(kSlotPin, Absent::kIsError, pin_name, nullptr)) return Verdict::kUndecided;
  if (!is_array(run.field(kSlotValues), false, true)) return Verdict::kUndecided;
  std::uint8_t values_value = 0;
  const auto read_values = [&](std::size_t at) {
    return read_field(element(run.field(kSlotValues), at), 8u, Absent::kIsError, values_value);
  };
  for (std::size_t at = 0; at < run.field(kSlotValues).size(); ++at) {
    if (!read_values(at)) return Verdict::kUndecided;
  }
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (pin_name && !run.find_handle(*pin_name, false, pin_2)) return Verdict::kUndecided;
  for (std::uint64_t i = 0; i < run.field(kSlotValues).size(); ++i) {
    read_values(i);
    {
      PinByteOutputs out;
      const Verdict verdict = run.follow(
          told(Errno::kOk),
          [&](Follow& choose) { return pin_byte(s, choose, pin_2.value(), i, out); },
          [&](Unsure& unsure) { return agrees(out.byte, values_value, unsure); });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  {
    const auto seen = static_cast<std::uint64_t>(ret);
    PinDrainOutputs out;
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return pin_drain(s, choose, pin_2.value(), out); },
        [&](Unsure& unsure) { return agrees(out.bytes, seen, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:118
Verdict on_unpin(EventRun<State>& run) {
  State& s = run.s;
  Optional<Pin> pin_2;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> pin_name;
  if (!run.read_name(kSlotPin, Absent::kIsError, pin_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (pin_name && !run.find_handle(*pin_name, false, pin_2)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return unpin(s, choose, pin_2.value()); },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:119
Verdict on_io_uring_setup(EventRun<State>& run) {
  State& s = run.s;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return io_uring_setup(s, choose); },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:120
Verdict on_io_uring_register_buffers(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::uint64_t npages = 0;
  Optional<PageState> state;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotNpages), 64u, Absent::kIsError, npages))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotState), page_state_words(), Absent::kIsZero, state))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return io_uring_register_buffers(s, choose, s.first_process().value(), map.value(),
                                           wrap<52>(page), npages);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:123
Verdict on_io_uring_unregister_buffers(EventRun<State>& run) {
  State& s = run.s;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return io_uring_unregister_buffers(s, choose); },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:126
Verdict on_write_from_page(EventRun<State>& run) {
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
                             AccessPath::kCopyUser);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:129
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

// linux_6_18/events.gms:132
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

// linux_6_18/events.gms:135
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

// linux_6_18/events.gms:138
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

// linux_6_18/events.gms:141
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

// linux_6_18/events.gms:144
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

// linux_6_18/events.gms:145
Verdict on_munlock(EventRun<State>& run) {
  State& s = run.s;
  std::uint64_t page = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  Optional<Mapping> unused_map;
  if (map_name && !run.find_handle(*map_name, false, unused_map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return munlock(s, choose); },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::linux_7_1
