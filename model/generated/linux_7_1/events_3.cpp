// Events of linux_7_1.
#include "model/generated/linux_7_1/events.h"

#include <cstddef>

#include "model/generated/linux_7_1/actions.h"
#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/slots.h"
#include "model/generated/linux_7_1/words.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

// linux_6_18/events.gms:67
Verdict on_ioctl_other(EventRun<State>& run) {
  State& s = run.s;
  OnWord on = OnWord::kOnGmem;
  OtherIoctl request = OtherIoctl::kAttributes2Of120Bytes;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  if (!read_field(run.field(kSlotOn), on_word_words(), Absent::kIsError, on))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRequest), other_ioctl_words(), Absent::kIsError, request))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return unknown_gmem_ioctl(s, choose); },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:68
Verdict on_set_attr2(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  Optional<FdWord> gmem_word;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t attributes = 0;
  std::uint64_t flags = 0;
  bool reserved_nonzero = false;
  std::int64_t reserved_index = 0;
  Ptr ptr = Ptr::kPtrOk;
  std::uint64_t error_offset_in = 0;
  std::uint64_t error_offset = 0;
  bool other_fields_changed = false;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  std::optional<NameTable::Id> gmem_name;
  FdWord gmem_word_word{};
  if (take_value(run.field(kSlotGmem), fd_word_words(), gmem_word_word)) {
    gmem_word = gmem_word_word;
  } else if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) {
    return Verdict::kUndecided;
  }
  if (!read_field(run.field(kSlotOffset), 64u, Absent::kIsError, offset))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSize), 64u, Absent::kIsError, size)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotAttributes), 64u, Absent::kIsError, attributes))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFlags), 64u, Absent::kIsError, flags)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotReservedNonzero), 1u, Absent::kIsError, reserved_nonzero))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotReservedIndex), 64u, Absent::kIsDefault, reserved_index))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPtr), ptr_words(), Absent::kIsError, ptr))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrorOffsetIn), 64u, Absent::kIsError, error_offset_in))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrorOffset), 64u, Absent::kIsError, error_offset))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotOtherFieldsChanged), 1u, Absent::kIsError, other_fields_changed))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  {
    SetMemoryAttributes2Outputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return set_memory_attributes2(s, choose, s.first_process().value(), gmem, gmem_word,
                                        error_offset_in, out);
        },
        [&](Unsure& unsure) { return agrees(out.error_offset, error_offset, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:76
Verdict on_fallocate(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::uint32_t mode = 0;
  std::int64_t offset = 0;
  std::int64_t length = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMode), 32u, Absent::kIsError, mode)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotOffset), 64u, Absent::kIsError, offset))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotLength), 64u, Absent::kIsError, length))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (!run.field(kSlotInjected).present()) injected = false;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return fallocate(s, choose, s.first_process().value(), gmem.value(), mode, offset, length,
                           injected);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:80
Verdict on_mmap(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::uint64_t length = 0;
  std::uint32_t prot = 0;
  std::uint32_t flags = 0;
  std::uint64_t offset = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotLength), 64u, Absent::kIsError, length))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotProt), 32u, Absent::kIsError, prot)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFlags), 32u, Absent::kIsError, flags)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotOffset), 64u, Absent::kIsError, offset))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (!run.field(kSlotInjected).present()) injected = false;
  {
    MmapOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return mmap(s, choose, s.first_process().value(), gmem.value(), length, prot, flags,
                      offset, injected, out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(map_name, out.m)) return Verdict::kUndecided;
  }
  if (map_name) run.introduce(*map_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:84
Verdict on_munmap(EventRun<State>& run) {
  State& s = run.s;
  Optional<Mapping> map;
  std::uint64_t map_offset = 0;
  std::uint64_t length = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> map_name;
  if (!run.read_name(kSlotMap, Absent::kIsError, map_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotMapOffset), 64u, Absent::kIsError, map_offset))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotLength), 64u, Absent::kIsError, length))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (map_name && !run.find_handle(*map_name, false, map)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return munmap(s, choose, s.first_process().value(), map.value(), map_offset, length);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:87
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

// linux_6_18/events.gms:90
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
// linux_6_18/events.gms:96
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

// linux_6_18/events.gms:101
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

}  // namespace gms::model::linux_7_1
