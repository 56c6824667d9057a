// The events of linux_7_1.
#include "model/generated/linux_7_1/events.h"

#include <array>
#include <cstddef>

#include "model/generated/linux_7_1/actions.h"
#include "model/generated/linux_7_1/functions.h"
#include "model/generated/linux_7_1/slots.h"
#include "model/runtime/value.h"

namespace gms::model::linux_7_1 {
namespace {

const WordTable& errno_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"EPERM", 1},
      {"ENOENT", 2},
      {"ESRCH", 3},
      {"EINTR", 4},
      {"EIO", 5},
      {"ENXIO", 6},
      {"E2BIG", 7},
      {"ENOEXEC", 8},
      {"EBADF", 9},
      {"ECHILD", 10},
      {"EAGAIN", 11},
      {"ENOMEM", 12},
      {"EACCES", 13},
      {"EFAULT", 14},
      {"ENOTBLK", 15},
      {"EBUSY", 16},
      {"EEXIST", 17},
      {"EXDEV", 18},
      {"ENODEV", 19},
      {"ENOTDIR", 20},
      {"EISDIR", 21},
      {"EINVAL", 22},
      {"ENFILE", 23},
      {"EMFILE", 24},
      {"ENOTTY", 25},
      {"ETXTBSY", 26},
      {"EFBIG", 27},
      {"ENOSPC", 28},
      {"ESPIPE", 29},
      {"EROFS", 30},
      {"EMLINK", 31},
      {"EPIPE", 32},
      {"EDOM", 33},
      {"ERANGE", 34},
      {"EDEADLK", 35},
      {"ENAMETOOLONG", 36},
      {"ENOLCK", 37},
      {"ENOSYS", 38},
      {"ENOTEMPTY", 39},
      {"ELOOP", 40},
      {"ENOMSG", 42},
      {"EIDRM", 43},
      {"ECHRNG", 44},
      {"EL2NSYNC", 45},
      {"EL3HLT", 46},
      {"EL3RST", 47},
      {"ELNRNG", 48},
      {"EUNATCH", 49},
      {"ENOCSI", 50},
      {"EL2HLT", 51},
      {"EBADE", 52},
      {"EBADR", 53},
      {"EXFULL", 54},
      {"ENOANO", 55},
      {"EBADRQC", 56},
      {"EBADSLT", 57},
      {"EBFONT", 59},
      {"ENOSTR", 60},
      {"ENODATA", 61},
      {"ETIME", 62},
      {"ENOSR", 63},
      {"ENONET", 64},
      {"ENOPKG", 65},
      {"EREMOTE", 66},
      {"ENOLINK", 67},
      {"EADV", 68},
      {"ESRMNT", 69},
      {"ECOMM", 70},
      {"EPROTO", 71},
      {"EMULTIHOP", 72},
      {"EDOTDOT", 73},
      {"EBADMSG", 74},
      {"EOVERFLOW", 75},
      {"ENOTUNIQ", 76},
      {"EBADFD", 77},
      {"EREMCHG", 78},
      {"ELIBACC", 79},
      {"ELIBBAD", 80},
      {"ELIBSCN", 81},
      {"ELIBMAX", 82},
      {"ELIBEXEC", 83},
      {"EILSEQ", 84},
      {"ERESTART", 85},
      {"ESTRPIPE", 86},
      {"EUSERS", 87},
      {"ENOTSOCK", 88},
      {"EDESTADDRREQ", 89},
      {"EMSGSIZE", 90},
      {"EPROTOTYPE", 91},
      {"ENOPROTOOPT", 92},
      {"EPROTONOSUPPORT", 93},
      {"ESOCKTNOSUPPORT", 94},
      {"EOPNOTSUPP", 95},
      {"EPFNOSUPPORT", 96},
      {"EAFNOSUPPORT", 97},
      {"EADDRINUSE", 98},
      {"EADDRNOTAVAIL", 99},
      {"ENETDOWN", 100},
      {"ENETUNREACH", 101},
      {"ENETRESET", 102},
      {"ECONNABORTED", 103},
      {"ECONNRESET", 104},
      {"ENOBUFS", 105},
      {"EISCONN", 106},
      {"ENOTCONN", 107},
      {"ESHUTDOWN", 108},
      {"ETOOMANYREFS", 109},
      {"ETIMEDOUT", 110},
      {"ECONNREFUSED", 111},
      {"EHOSTDOWN", 112},
      {"EHOSTUNREACH", 113},
      {"EALREADY", 114},
      {"EINPROGRESS", 115},
      {"ESTALE", 116},
      {"EUCLEAN", 117},
      {"ENOTNAM", 118},
      {"ENAVAIL", 119},
      {"EISNAM", 120},
      {"EREMOTEIO", 121},
      {"EDQUOT", 122},
      {"ENOMEDIUM", 123},
      {"EMEDIUMTYPE", 124},
      {"ECANCELED", 125},
      {"ENOKEY", 126},
      {"EKEYEXPIRED", 127},
      {"EKEYREVOKED", 128},
      {"EKEYREJECTED", 129},
      {"EOWNERDEAD", 130},
      {"ENOTRECOVERABLE", 131},
      {"ERFKILL", 132},
      {"EHWPOISON", 133},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& signal_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"ok", 0},
      {"SIGBUS", 1},
      {"SIGSEGV", 2},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& guest_exit_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"ok", 0},
      {"mmio", 1},
      {"memory_fault", 2},
      {"exit", 3},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& fd_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"fd -1", 0},
      {"none", 1},
      {"dev-kvm", 2},
      {"/dev/kvm", 3},
      {"kvm", 4},
      {"vm-fd", 5},
      {"vm fd", 6},
      {"fd 0 (not gmem)", 7},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& hva_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"0", 0},
      {"anon", 1},
      {"anon+1", 2},
      {"gmem mapping", 3},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& ptr_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"ok", 0},
      {"struct ends at end of mapping", 1},
      {"struct in read-only memory (success expected to need no write)", 2},
      {"struct in read-only memory, EAGAIN case", 3},
      {"0x8", 4},
      {"0x10", 5},
      {"NULL", 6},
      {"kernel address", 7},
      {"top of user", 8},
      {"struct crosses into unmapped page", 9},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& process_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"child", 0},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& on_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"gmem", 0},
      {"vm", 1},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& other_ioctl_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"0xd2 with size 120", 0},
      {"0xd2 with size 136", 1},
      {"KVM_CHECK_EXTENSION", 2},
      {"KVM_GET_API_VERSION", 3},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& fd_link_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"/[kvm-gmem] (deleted)", 0},
      {"anon_inode:[kvm-gmem]", 1},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& file_advice_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"DONTNEED", 0},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& page_state_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"private", 0},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

// linux_6_18/events.gms:9
Verdict on_create_vm(EventRun<State>& run) {
  State& s = run.s;
  std::int64_t type = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> vm_name;
  if (!run.read_name(kSlotVm, Absent::kIsError, vm_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotType), 64u, Absent::kIsError, type)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  {
    CreateVmOutputs out;
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return create_vm(s, choose, type, out); },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(vm_name, out.fd)) return Verdict::kUndecided;
  }
  if (vm_name) run.introduce(*vm_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:12
Verdict on_check_extension(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> on;
  Optional<FdWord> on_word;
  std::uint32_t cap = 0;
  std::uint64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> on_name;
  FdWord on_word_word{};
  if (take_value(run.field(kSlotOn), fd_word_words(), on_word_word)) {
    on_word = on_word_word;
  } else if (!run.read_name(kSlotOn, Absent::kIsError, on_name, nullptr)) {
    return Verdict::kUndecided;
  }
  if (!read_field(run.field(kSlotCap), 32u, Absent::kIsError, cap)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (on_name && !run.find_handle(*on_name, false, on)) return Verdict::kUndecided;
  {
    CheckExtensionOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return check_extension(s, choose, on.has_value() ? s.fd_vm(on.value()) : Optional<Vm>{},
                                 cap, out);
        },
        [&](bool& unsure) { return agrees(out.value, ret, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:15
Verdict on_set_attr1(EventRun<State>& run) {
  State& s = run.s;
  OnWord on = OnWord::kOnGmem;
  std::uint64_t address = 0;
  std::uint64_t size = 0;
  std::uint64_t attributes = 0;
  std::uint64_t flags = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  if (!read_field(run.field(kSlotOn), on_word_words(), Absent::kIsError, on))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotAddress), 64u, Absent::kIsError, address))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSize), 64u, Absent::kIsError, size)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotAttributes), 64u, Absent::kIsError, attributes))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFlags), 64u, Absent::kIsError, flags)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (!run.field(kSlotInjected).present()) injected = false;
  if (on == OnWord::kOnGmem) {
    {
      const Verdict verdict = run.follow(
          told(errno_), [&](Follow& choose) { return unknown_gmem_ioctl(s, choose); },
          [&](bool&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  } else {
    {
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return set_memory_attributes(s, choose, s.newest_vm().value(), address, size,
                                         attributes, flags, Ptr::kPtrOk, injected);
          },
          [&](bool&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:23
Verdict on_set_region2(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> vm;
  std::uint32_t slot = 0;
  std::uint32_t flags = 0;
  std::uint64_t gpa = 0;
  std::uint64_t size = 0;
  Optional<Mapping> hva;
  Optional<HvaWord> hva_word;
  std::uint64_t hva_offset = 0;
  Optional<Fd> gmem;
  Optional<FdWord> gmem_word;
  std::uint64_t gmem_offset = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  std::optional<NameTable::Id> vm_name;
  if (!run.read_name(kSlotVm, Absent::kIsError, vm_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSlot), 32u, Absent::kIsError, slot)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFlags), 32u, Absent::kIsError, flags)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotGpa), 64u, Absent::kIsError, gpa)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSize), 64u, Absent::kIsError, size)) return Verdict::kUndecided;
  std::optional<NameTable::Id> hva_name;
  HvaWord hva_word_word{};
  if (take_value(run.field(kSlotHva), hva_word_words(), hva_word_word)) {
    hva_word = hva_word_word;
  } else if (!run.read_name(kSlotHva, Absent::kIsError, hva_name, &hva_offset)) {
    return Verdict::kUndecided;
  }
  std::optional<NameTable::Id> gmem_name;
  FdWord gmem_word_word{};
  if (take_value(run.field(kSlotGmem), fd_word_words(), gmem_word_word)) {
    gmem_word = gmem_word_word;
  } else if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) {
    return Verdict::kUndecided;
  }
  if (!read_field(run.field(kSlotGmemOffset), 64u, Absent::kIsError, gmem_offset))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (vm_name && !run.find_handle(*vm_name, false, vm)) return Verdict::kUndecided;
  if (hva_name && run.is_missing<Mapping>(*hva_name)) {
    OrdinaryMemoryOutputs out;
    const bool made = run.make_missing(
        *hva_name,
        [&](Follow& choose) {
          return ordinary_memory(s, choose, s.first_process().value(), hva_offset + size, out);
        },
        [&] { return Optional<Mapping>(out.m); }, hva);
    if (!made) return Verdict::kUndecided;
  } else if (hva_name && !run.find_handle(*hva_name, false, hva)) {
    return Verdict::kUndecided;
  }
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  if (!run.field(kSlotInjected).present()) injected = false;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return set_user_memory_region2(
              s, choose, s.first_process().value(), s.fd_vm(vm.value()).value(), slot, flags, gpa,
              size, hva, hva_offset, hva_word, gmem, gmem_word, gmem_offset, injected);
        },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:32
Verdict on_create_gmem(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> vm;
  Optional<FdWord> vm_word;
  std::uint64_t size = 0;
  std::uint64_t flags = 0;
  Optional<std::uint32_t> reserved_index;
  Ptr ptr = Ptr::kPtrOk;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  bool injected = false;
  std::optional<NameTable::Id> vm_name;
  FdWord vm_word_word{};
  if (take_value(run.field(kSlotVm), fd_word_words(), vm_word_word)) {
    vm_word = vm_word_word;
  } else if (!run.read_name(kSlotVm, Absent::kIsError, vm_name, nullptr)) {
    return Verdict::kUndecided;
  }
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsZero, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotSize), 64u, Absent::kIsDefault, size)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotFlags), 64u, Absent::kIsDefault, flags))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotReservedIndex), 32u, Absent::kIsZero, reserved_index))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotPtr), ptr_words(), Absent::kIsDefault, ptr))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotInjected), 1u, Absent::kIsDefault, injected))
    return Verdict::kUndecided;
  if (vm_name && !run.find_handle(*vm_name, false, vm)) return Verdict::kUndecided;
  if (!run.field(kSlotSize).present()) size = 0;
  if (!run.field(kSlotFlags).present()) flags = 0;
  if (!run.field(kSlotPtr).present()) ptr = Ptr::kPtrOk;
  if (!run.field(kSlotInjected).present()) injected = false;
  {
    CreateGuestMemfdOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return create_guest_memfd(s, choose, s.first_process().value(),
                                    vm.has_value() ? s.fd_vm(vm.value()) : Optional<Vm>{}, size,
                                    flags, ptr, injected, out);
        },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(gmem_name, out.fd)) return Verdict::kUndecided;
  }
  if (gmem_name) run.introduce(*gmem_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:37
Verdict on_dup(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  std::optional<NameTable::Id> new_name;
  if (!run.read_name(kSlotNew, Absent::kIsError, new_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  {
    DupOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return dup(s, choose, s.first_process().value(), gmem.value(), out);
        },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(new_name, out.copy)) return Verdict::kUndecided;
  }
  if (new_name) run.introduce(*new_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:40
Verdict on_close(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> obj;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> obj_name;
  if (!run.read_name(kSlotObj, Absent::kIsError, obj_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (obj_name && !run.find_handle(*obj_name, false, obj)) return Verdict::kUndecided;
  {
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) { return close(s, choose, s.first_process().value(), obj.value()); },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:43
Verdict on_fork(EventRun<State>& run) {
  State& s = run.s;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  {
    ForkOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) { return fork(s, choose, s.first_process().value(), out); },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:46
Verdict on_fstat(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> gmem;
  std::uint64_t st_size = 0;
  std::uint64_t st_blocks = 0;
  std::uint32_t st_mode = 0;
  std::uint32_t st_nlink = 0;
  std::int64_t ret = 0;
  Errno errno_ = Errno::kOk;
  std::optional<NameTable::Id> gmem_name;
  if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, nullptr)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStSize), 64u, Absent::kIsError, st_size))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStBlocks), 64u, Absent::kIsError, st_blocks))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStMode), 32u, Absent::kIsError, st_mode))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotStNlink), 32u, Absent::kIsError, st_nlink))
    return Verdict::kUndecided;
  if (!read_field(run.field(kSlotRet), 64u, Absent::kIsError, ret)) return Verdict::kUndecided;
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsError, errno_))
    return Verdict::kUndecided;
  if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) return Verdict::kUndecided;
  {
    FstatOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return fstat(s, choose, s.first_process().value(), gmem.value(), out);
        },
        [&](bool& unsure) {
          return agrees(out.st_size, st_size, unsure) && agrees(out.st_blocks, st_blocks, unsure) &&
                 agrees(out.st_mode, st_mode, unsure) && agrees(out.st_nlink, st_nlink, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:50
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
  {
    FileCallOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return file_call(s, choose, s.first_process().value(), gmem.value(), FileCall::kCallRead,
                           out);
        },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:51
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:52
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:53
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:54
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:55
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:56
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:57
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:58
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:59
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:60
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:61
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:62
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:63
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:64
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
        [&](bool& unsure) { return agrees(out.value, ret, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:65
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
        [&](bool& unsure) { return agrees(out.value, ret, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:66
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:67
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
  if (!read_field(run.field(kSlotReservedIndex), 64u, Absent::kIsError, reserved_index))
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
        [&](bool& unsure) { return agrees(out.error_offset, error_offset, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:75
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:79
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(map_name, out.m)) return Verdict::kUndecided;
  }
  if (map_name) run.introduce(*map_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:83
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:86
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:89
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
        [&](bool& unsure) {
          return agrees(out.sig, result, unsure) && agrees(out.si_code, si_code, unsure) &&
                 agrees(out.value, value, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

/// The value that a child could not store is not logged. An injected allocation failure is absorbed
/// by a retry.
// linux_6_18/events.gms:95
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
        [&](bool& unsure) {
          return agrees(out.sig, result, unsure) && agrees(out.si_code, si_code, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:100
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
  if (!read_field(run.field(kSlotNpages), 64u, Absent::kIsError, npages))
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
          [&](bool& unsure) {
            return agrees(out.present, ptes_present, unsure) && agrees(out.pfn, ptes_pfn, unsure);
          });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:107
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
        [&](bool& unsure) { return (!shown || agrees(out.bytes, seen, unsure)); });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(pin_name, out.k)) return Verdict::kUndecided;
  }
  if (pin_name) run.introduce(*pin_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:111
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
          [&](bool& unsure) { return agrees(out.byte, values_value, unsure); });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  {
    const auto seen = static_cast<std::uint64_t>(ret);
    PinDrainOutputs out;
    const Verdict verdict = run.follow(
        told(errno_), [&](Follow& choose) { return pin_drain(s, choose, pin_2.value(), out); },
        [&](bool& unsure) { return agrees(out.bytes, seen, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:117
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:118
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:119
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:122
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:125
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:128
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:131
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:134
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:137
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:140
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:143
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:144
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:145
Verdict on_msync(EventRun<State>& run) {
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
        told(errno_), [&](Follow& choose) { return msync(s, choose); },
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:146
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
    MincoreOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) { return mincore(s, choose, map.value(), wrap<52>(page), out); },
        [&](bool& unsure) { return agrees(out.resident, vec0, unsure); });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:149
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
        [&](bool&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:154
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
  {
    GuestReadOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return guest_read(s, choose, s.newest_vm().value(), gpa, injected, out);
        },
        [&](bool& unsure) {
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

// linux_6_18/events.gms:161
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
  {
    GuestWriteOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return guest_write(s, choose, s.newest_vm().value(), gpa, write_value, injected, out);
        },
        [&](bool& unsure) {
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

/// A read and then, unless it could not be done, a write; of two MMIO exits the log shows the
/// second.
// linux_6_18/events.gms:169
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
          [&](bool& unsure) { return agrees(out.value, value, unsure); });
      if (verdict != Verdict::kConforms) return verdict;
    }
    {
      GuestWriteOutputs out;
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return guest_write(s, choose, s.newest_vm().value(), gpa, write_value, injected, out);
          },
          [&](bool& unsure) {
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
          [&](bool& unsure) {
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

// linux_6_18/events.gms:183
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
  {
    PreFaultMemoryOutputs out;
    const Verdict verdict = run.follow(
        told(errno_),
        [&](Follow& choose) {
          return pre_fault_memory(s, choose, s.newest_vm().value(), gpa, size, injected, out);
        },
        [&](bool& unsure) {
          return agrees(out.gpa_out, gpa_out, unsure) && agrees(out.size_out, size_out, unsure);
        });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace

Verdict judge(EventRun<State>& run, std::uint32_t event) {
  switch (event) {
    case 2: return on_create_vm(run);
    case 3: return on_check_extension(run);
    case 4: return on_set_attr1(run);
    case 5: return on_set_region2(run);
    case 6: return on_create_gmem(run);
    case 7: return on_dup(run);
    case 8: return on_close(run);
    case 9: return on_fork(run);
    case 10: return on_fstat(run);
    case 11: return on_read(run);
    case 12: return on_write(run);
    case 13: return on_pread(run);
    case 14: return on_pwrite(run);
    case 15: return on_lseek_set(run);
    case 16: return on_lseek_end(run);
    case 17: return on_lseek_data(run);
    case 18: return on_lseek_hole(run);
    case 19: return on_ftruncate(run);
    case 20: return on_fchmod(run);
    case 21: return on_fsync(run);
    case 22: return on_fcntl_add_seals(run);
    case 23: return on_open_proc_fd(run);
    case 24: return on_posix_fadvise(run);
    case 25: return on_fcntl_getfd(run);
    case 26: return on_fcntl_getfl(run);
    case 27: return on_ioctl_other(run);
    case 28: return on_set_attr2(run);
    case 29: return on_fallocate(run);
    case 30: return on_mmap(run);
    case 31: return on_munmap(run);
    case 32: return on_mprotect(run);
    case 33: return on_host_read(run);
    case 34: return on_host_write(run);
    case 35: return on_pagemap(run);
    case 36: return on_pin(run);
    case 37: return on_pin_read(run);
    case 38: return on_unpin(run);
    case 39: return on_io_uring_setup(run);
    case 40: return on_io_uring_register_buffers(run);
    case 41: return on_io_uring_unregister_buffers(run);
    case 42: return on_write_from_page(run);
    case 43: return on_read_into_page(run);
    case 44: return on_process_vm_readv(run);
    case 45: return on_process_vm_writev(run);
    case 46: return on_proc_mem_pread(run);
    case 47: return on_proc_mem_pwrite(run);
    case 48: return on_mlock(run);
    case 49: return on_munlock(run);
    case 50: return on_msync(run);
    case 51: return on_mincore(run);
    case 52: return on_madvise(run);
    case 53: return on_guest_read(run);
    case 54: return on_guest_write(run);
    case 55: return on_guest_rmw(run);
    case 56: return on_prefault(run);
    default: return Verdict::kUndecided;
  }
}

}  // namespace gms::model::linux_7_1
