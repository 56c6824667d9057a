// Events of inplace_v7.
#include "model/generated/inplace_v7/events.h"

#include <cstddef>

#include "model/generated/inplace_v7/actions.h"
#include "model/generated/inplace_v7/functions.h"
#include "model/generated/inplace_v7/slots.h"
#include "model/generated/inplace_v7/words.h"
#include "model/runtime/value.h"

namespace gms::model::inplace_v7 {

// linux_6_18/events.gms:120
Verdict on_fcntl_add_seals(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (is_vm(s, gmem.value())) {
    // a VM has other file calls
    return Verdict::kUndecided;
  }
  {
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(),
                           FileCall::kCallAddSeals, out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:124
Verdict on_open_proc_fd(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  FdLink link = FdLink::kGmemInode;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotLink), fd_link_words(), Absent::kIsError, link))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (is_vm(s, gmem.value())) {
    // a VM has other file calls
    return Verdict::kUndecided;
  }
  {
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(),
                           FileCall::kCallReopen, out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:128
Verdict on_posix_fadvise(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  FileAdvice advice = FileAdvice::kDONTNEED;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotAdvice), file_advice_words(), Absent::kIsError, advice))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (is_vm(s, gmem.value())) {
    // a VM has other file calls
    return Verdict::kUndecided;
  }
  {
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(),
                           FileCall::kCallFadvise, out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:132
Verdict on_fcntl_getfd(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (is_vm(s, gmem.value())) {
    // a VM has other file calls
    return Verdict::kUndecided;
  }
  {
    const bool shown = errno_ == Errno::kOk;
    const auto seen = static_cast<std::uint64_t>(ret);
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallGetfd,
                           out);
        },
        [&](Unsure& unsure) { return (!shown || agrees(out.value, seen, unsure)); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:136
Verdict on_fcntl_getfl(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (is_vm(s, gmem.value())) {
    // a VM has other file calls
    return Verdict::kUndecided;
  }
  {
    const bool shown = errno_ == Errno::kOk;
    const auto seen = static_cast<std::uint64_t>(ret);
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallGetfl,
                           out);
        },
        [&](Unsure& unsure) { return (!shown || agrees(out.value, seen, unsure)); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:140
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

// inplace_v7/conversion.gms:113
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
  if (!run.field(kSlotInjected).present()) injected = false;
  if (gmem_word == FdWord::kVmFd && !newest_vm_is_open(s)) {
    // the newest VM's descriptor is closed
    return Verdict::kUndecided;
  }
  {
    SetMemoryAttributes2Outputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return set_memory_attributes2(s, choose, s.first_process().value(), gmem, gmem_word,
                                        offset, size, attributes, flags, reserved_nonzero, ptr,
                                        injected, error_offset_in, out);
        },
        [&](Unsure& unsure) { return agrees(out.error_offset, error_offset, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:150
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
  if (is_vm(s, gmem.value())) {
    // a VM has other file calls
    return Verdict::kUndecided;
  }
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

// linux_6_18/events.gms:155
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

// linux_6_18/events.gms:159
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

}  // namespace gms::model::inplace_v7
