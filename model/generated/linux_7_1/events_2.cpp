// Events of linux_7_1.
#include "model/generated/linux_7_1/events.h"

#include <cstddef>

#include "model/generated/linux_7_1/actions.h"
#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/slots.h"
#include "model/generated/linux_7_1/words.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

// linux_6_18/events.gms:70
Verdict on_fstat(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  Optional<std::uint64_t> st_size;
  Optional<std::uint64_t> st_blocks;
  Optional<std::uint32_t> st_mode;
  Optional<std::uint32_t> st_nlink;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStSize), 64u, Absent::kIsZero, st_size))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStBlocks), 64u, Absent::kIsZero, st_blocks))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStMode), 32u, Absent::kIsZero, st_mode))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStNlink), 32u, Absent::kIsZero, st_nlink))
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
    const bool shown = errno_ == Errno::kOk;
    const auto seen = st_size.value();
    const bool shown_2 = errno_ == Errno::kOk;
    const auto seen_2 = st_blocks.value();
    const bool shown_3 = errno_ == Errno::kOk;
    const auto seen_3 = st_mode.value();
    const bool shown_4 = errno_ == Errno::kOk;
    const auto seen_4 = st_nlink.value();
    FstatOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return fstat(s, choose, s.first_process().value(), gmem.value(), out);
        },
        [&](Unsure& unsure) {
          return (!shown || agrees(out.st_size, seen, unsure)) &&
                 (!shown_2 || agrees(out.st_blocks, seen_2, unsure)) &&
                 (!shown_3 || agrees(out.st_mode, seen_3, unsure)) &&
                 (!shown_4 || agrees(out.st_nlink, seen_4, unsure));
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:76
Verdict on_read(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallRead,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:80
Verdict on_write(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallWrite,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:84
Verdict on_pread(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallPread,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:88
Verdict on_pwrite(EventRun<State>& run) {
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
                           FileCall::kCallPwrite, out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:92
Verdict on_lseek_set(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallLseek,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:96
Verdict on_lseek_end(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallLseek,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:100
Verdict on_lseek_data(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallLseek,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:104
Verdict on_lseek_hole(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallLseek,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:108
Verdict on_ftruncate(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::uint64_t length = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotLength), 64u, Absent::kIsError, length))
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
                           FileCall::kCallFtruncate, out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:112
Verdict on_fchmod(EventRun<State>& run) {
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
                           FileCall::kCallFchmod, out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:116
Verdict on_fsync(EventRun<State>& run) {
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
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallFsync,
                           out);
        },
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::linux_7_1
