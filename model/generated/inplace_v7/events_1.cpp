// Events of inplace_v7.
#include "model/generated/inplace_v7/events.h"

#include <cstddef>

#include "model/generated/inplace_v7/actions.h"
#include "model/generated/inplace_v7/functions.h"
#include "model/generated/inplace_v7/slots.h"
#include "model/generated/inplace_v7/words.h"
#include "model/runtime/value.h"

namespace gms::model::inplace_v7 {

// linux_6_18/events.gms:15
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
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(vm_name, out.fd)) return Verdict::kUndecided;
  }
  if (vm_name) run.introduce(*vm_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:18
Verdict on_check_extension(EventRun<State>& run) {
  State& s = run.s;
  Optional<Fd> on;
  Optional<FdWord> on_word;
  std::uint32_t cap = 0;
  std::int64_t ret = 0;
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
  if (!is_told(s, cap)) {
    // of this capability the spec says nothing
    return Verdict::kUndecided;
  }
  if (is_closed(s, on, on_word)) {
    {
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) { return ioctl_on_closed(s, choose, s.first_process().value(), on); },
          [&](Unsure&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  } else {
    if (!is_dev_kvm(s, on_word) && !is_vm(s, on)) {
      // this descriptor is no VM's
      return Verdict::kUndecided;
    }
    {
      const bool shown = errno_ == Errno::kOk;
      const auto seen = static_cast<std::uint64_t>(ret);
      CheckExtensionOutputs out;
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return check_extension(s, choose, on.has_value() ? s.fd_vm(on.value()) : Optional<Vm>{},
                                   cap, out);
          },
          [&](Unsure& unsure) { return (!shown || agrees(out.value, seen, unsure)); });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:27
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
          [&](Unsure&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  } else {
    if (!newest_vm_is_open(s)) {
      // the newest VM's descriptor is closed
      return Verdict::kUndecided;
    }
    {
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return set_memory_attributes(s, choose, s.newest_vm().value(), address, size,
                                         attributes, flags, Ptr::kPtrOk, injected);
          },
          [&](Unsure&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:36
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
  if (!is_open(s, s.first_process().value(), vm.value())) {
    {
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return ioctl_on_closed(s, choose, s.first_process().value(), vm.value());
          },
          [&](Unsure&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  } else {
    if (!is_vm(s, vm.value())) {
      // this descriptor is no VM's
      return Verdict::kUndecided;
    }
    {
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return set_user_memory_region2(
                s, choose, s.first_process().value(), s.fd_vm(vm.value()).value(), slot, flags, gpa,
                size, hva, hva_offset, hva_word, gmem, gmem_word, gmem_offset, injected);
          },
          [&](Unsure&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:51
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
  if (is_closed(s, vm, vm_word)) {
    {
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) { return ioctl_on_closed(s, choose, s.first_process().value(), vm); },
          [&](Unsure&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
    }
  } else {
    if (!is_dev_kvm(s, vm_word) && !is_vm(s, vm)) {
      // this descriptor is no VM's
      return Verdict::kUndecided;
    }
    {
      CreateGuestMemfdOutputs out;
      const Verdict verdict = run.follow(
          told(errno_),
          [&](Follow& choose) {
            return create_guest_memfd(s, choose, s.first_process().value(),
                                      vm.has_value() ? s.fd_vm(vm.value()) : Optional<Vm>{}, size,
                                      flags, ptr, injected, out);
          },
          [&](Unsure&) { return true; });
      if (verdict != Verdict::kConforms) return verdict;
      if (!run.bind(gmem_name, out.fd)) return Verdict::kUndecided;
    }
  }
  if (gmem_name) run.introduce(*gmem_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:61
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
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
    if (!run.bind(new_name, out.copy)) return Verdict::kUndecided;
  }
  if (new_name) run.introduce(*new_name);
  return Verdict::kConforms;
}

// linux_6_18/events.gms:64
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
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

// linux_6_18/events.gms:67
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
        [&](Unsure&) { return true; });
    if (verdict != Verdict::kConforms) return verdict;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::inplace_v7
