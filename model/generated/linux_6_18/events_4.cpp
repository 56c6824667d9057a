// Events of linux_6_18.
#include "model/generated/linux_6_18/events.h"

#include <cstddef>

#include "model/generated/linux_6_18/actions.h"
#include "model/generated/linux_6_18/functions.h"
#include "model/generated/linux_6_18/slots.h"
#include "model/generated/linux_6_18/words.h"
#include "model/runtime/value.h"

namespace gms::model::linux_6_18 {

// linux_6_18/events.gms:162
Verdict on_mprotect(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::uint32_t prot = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotProt), 32u, Absent::kIsError, prot)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return mprotect(s, choose, s.first_process().value(), map.value(), wrap<52>(page), prot);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:165
Verdict on_host_read(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::uint16_t byte = 0;
  Optional<ProcessWord> process;
  Signal result = Signal::kNoSignal;
  Optional<std::uint8_t> si_code;
  Optional<std::uint64_t> si_addr_page;
  Optional<std::uint8_t> value;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotByte), 12u, Absent::kIsError, byte)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotProcess), process_word_words(), Absent::kIsZero, process))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotResult), signal_words(), Absent::kIsError, result))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSiCode), 8u, Absent::kIsZero, si_code)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSiAddrPage), 64u, Absent::kIsZero, si_addr_page))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotValue), 8u, Absent::kIsZero, value)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    HostReadOutputs out;
    const Verdict verdict = run.follow(
        std::nullopt,
        [&](Follow& choose) {
          return host_read(
              s, choose, process.has_value() ? s.newest_child().value() : s.first_process().value(),
              map.value(), wrap<52>(page), byte, out);
        },
        [&](Unsure& unsure) {
          return agrees(out.sig, result, unsure) && agrees(out.si_code, si_code, unsure) &&
                 agrees(out.value, value, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

/// The value that a child could not store is not logged. An injected allocation failure is absorbed
/// by a retry.
// linux_6_18/events.gms:171
Verdict on_host_write(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::uint16_t byte = 0;
  Lazy<std::uint8_t> value;
  Optional<ProcessWord> process;
  Signal result = Signal::kNoSignal;
  Optional<std::uint8_t> si_code;
  Optional<std::uint64_t> si_addr_page;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotByte), 12u, Absent::kIsError, byte)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotValue), 8u, Absent::kIsUnknown, value)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotProcess), process_word_words(), Absent::kIsZero, process))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotResult), signal_words(), Absent::kIsError, result))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSiCode), 8u, Absent::kIsZero, si_code)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSiAddrPage), 64u, Absent::kIsZero, si_addr_page))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    HostWriteOutputs out;
    const Verdict verdict = run.follow(
        std::nullopt,
        [&](Follow& choose) {
          return host_write(
              s, choose, process.has_value() ? s.newest_child().value() : s.first_process().value(),
              map.value(), wrap<52>(page), byte, value, out);
        },
        [&](Unsure& unsure) {
          return agrees(out.sig, result, unsure) && agrees(out.si_code, si_code, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:176
Verdict on_pagemap(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t page = 0;
  std::uint64_t npages = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPage), 64u, Absent::kIsError, page)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotNpages), 64u, Absent::kIsDefault, npages))
    return Verdict::kUndecided;
  if (!is_array(run.field(kSlotPtes), true, true)) return Verdict::kUndecided;
  std::uint64_t ptes_page = 0;
  bool ptes_present = false;
  std::uint64_t ptes_pfn = 0;
  const auto read_ptes = [&](std::size_t at) {
    return read_field(element(run.field(kSlotPtesPage), at), 64u, Absent::kIsError, ptes_page) &&
           read_field(element(run.field(kSlotPtesPresent), at), 1u, Absent::kIsError,
                      ptes_present) &&
           read_field(element(run.field(kSlotPtesPfn), at), 64u, Absent::kIsError, ptes_pfn);
  };
  for (std::size_t at = 0; at < run.field(kSlotPtes).size(); ++at) {
    if (!read_ptes(at)) return Verdict::kUndecided;
  }
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  for (std::uint64_t i = 0; i < run.field(kSlotPtes).size(); ++i) {
    read_ptes(i);
    {
      PagemapOutputs out;
      const Verdict verdict = run.follow(
          std::nullopt,
          [&](Follow& choose) {
            return pagemap(s, choose, s.first_process().value(), map.value(), wrap<52>(ptes_page),
                           out);
          },
          [&](Unsure& unsure) {
            return agrees(out.present, ptes_present, unsure) && agrees(out.pfn, ptes_pfn, unsure);
          });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:183
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

// linux_6_18/events.gms:187
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
    const bool shown = errno_ == Errno::kOk;
    const auto seen = static_cast<std::uint64_t>(ret);
    PinDrainOutputs out;
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return pin_drain(s, choose, pin_2.value(), out); },
        [&](Unsure& unsure) { return (!shown || agrees(out.bytes, seen, unsure)); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:193
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

// linux_6_18/events.gms:194
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

// linux_6_18/events.gms:195
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

// linux_6_18/events.gms:198
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

// linux_6_18/events.gms:201
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

}  // namespace gms::model::linux_6_18
