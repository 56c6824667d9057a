// Events of linux_7_1.
#include "model/generated/linux_7_1/events.h"

#include <cstddef>

#include "model/generated/linux_7_1/actions.h"
#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/slots.h"
#include "model/generated/linux_7_1/words.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {

// linux_6_18/events.gms:52
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

// linux_6_18/events.gms:53
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

// linux_6_18/events.gms:54
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

// linux_6_18/events.gms:55
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

// linux_6_18/events.gms:56
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

// linux_6_18/events.gms:57
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

// linux_6_18/events.gms:58
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

// linux_6_18/events.gms:59
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

// linux_6_18/events.gms:60
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

// linux_6_18/events.gms:61
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

// linux_6_18/events.gms:62
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

// linux_6_18/events.gms:63
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

// linux_6_18/events.gms:64
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

// linux_6_18/events.gms:65
Verdict on_fcntl_getfd(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::uint64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  {
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallGetfd,
                           out);
        },
        [&](Unsure& unsure) { return agrees(out.value, ret, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:66
Verdict on_fcntl_getfl(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::uint64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  {
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallGetfl,
                           out);
        },
        [&](Unsure& unsure) { return agrees(out.value, ret, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::linux_7_1
