// The pure functions of inplace_v7.
#pragma once

#include "model/generated/inplace_v7/state.h"

namespace gms::model::inplace_v7 {

inline bool page_aligned(const State&, std::uint64_t bytes) {
  return (bytes & 4095) == 0;
}

inline bool wraps(const State&, std::uint64_t start, std::uint64_t length) {
  return start + length < start;
}

/// An allocation or a user copy may fail here.
inline bool faulty(const State& s, bool injected) {
  return injected || s.params.assume_faults;
}

inline bool writable(const State&, Ptr ptr) {
  return ptr == Ptr::kPtrOk || ptr == Ptr::kPtrAtEnd;
}

inline bool readable(const State& s, Ptr ptr) {
  return writable(s, ptr) || ptr == Ptr::kPtrReadOnly || ptr == Ptr::kPtrReadOnlyBusy;
}

inline std::uint64_t i_size(const State& s, Inode i) {
  return s.npages(i) << 12;
}

auto file_page(const State& s, Mapping m, Index auto at) {
  return wrap<52>(s.map_first(m) + wrap<52>(at));
}

/// slot->npages
inline std::uint64_t slot_npages(const State& s, Slot s_2) {
  return wrap<52>(s.slot_end(s_2) - s.slot_base(s_2));
}

auto slot_page(const State& s, Slot s_2, Index auto g) {
  return wrap<52>(s.slot_first(s_2) + wrap<52>(wrap<52>(g - s.slot_base(s_2))));
}

auto slot_gfn(const State& s, Slot s_2, Index auto p) {
  return wrap<52>(s.slot_base(s_2) + wrap<52>(wrap<52>(p - s.slot_first(s_2))));
}

inline Page folio_start(const State& s, Page p) {
  return wrap<52>(shl(shr(p, s.params.folio_order), s.params.folio_order));
}

inline Page folio_end(const State& s, Page p) {
  return wrap<52>(
      shl(shr(p + shl(std::uint64_t{1}, s.params.folio_order) - 1, s.params.folio_order),
          s.params.folio_order));
}

/// kvm_arch_has_private_mem, on x86 without SNP and TDX
inline bool has_private_mem(const State& s, Vm vm) {
  return s.vm_type(vm) == 1;
}

/// A descriptor or a part of a mapping refers to the file.
inline bool file_referenced(const State& s, Inode i) {
  return some(s.all<Process>(),
              [&](Process r) {
                return some(s.all<Fd>(),
                            [&](Fd f) { return s.fd_open(r, f) && s.fd_inode(f) == i; });
              }) ||
         some(s.all<Process>(), [&](Process r) {
           return some(s.all<Mapping>(), [&](Mapping m) {
             return some(whole(52),
                         [&](Cursor at) { return s.vma(r, m, at) && s.map_inode(m) == i; });
           });
         });
}

/// The descriptor is open in the process.
inline bool is_open(const State& s, Process proc, Optional<Fd> fd) {
  return fd.has_value() && s.fd_open(proc, fd.value());
}

/// What an access needs of the protection. On x86 a writable page is readable.
inline bool prot_allows(const State&, std::uint32_t protection, bool write) {
  return (protection & (write ? std::uint32_t{2} : std::uint32_t{7})) != 0;
}

/// check_vma_flags
inline bool allows(const State& s, std::uint32_t protection, Need need) {
  return need == Need::kGupRead || need == Need::kGupFast
             ? (protection & 1) != 0
             : need == Need::kForcedRead || prot_allows(s, protection, need == Need::kStore);
}

/// gup_fast_pte_range: an entry that may be written may be read, whatever its VMA says (seen by
/// gmemspec run --threads on 6.18.44).
bool finds_entry(const State& s, Process proc, Mapping m, Index auto at, Need need) {
  return need == Need::kGupFast && (s.prot(proc, m, at) & 2) != 0 &&
         s.mapped(proc, m, file_page(s, m, at));
}

/// kvm_supported_mem_attributes; `vm` none: asked of /dev/kvm.
inline std::uint64_t supported_attributes(const State& s, Optional<Vm> vm) {
  return !vm.has_value() || has_private_mem(s, vm.value()) ? std::uint64_t{8} : std::uint64_t{0};
}

inline std::uint64_t supported_flags(const State& s, Optional<Vm> vm) {
  return 1 | (!vm.has_value() || !has_private_mem(s, vm.value()) || !s.params.vm_memory_attributes
                  ? std::uint64_t{2}
                  : std::uint64_t{0});
}

inline bool per_vm_attributes(const State& s) {
  return s.params.sw_protected_vm && s.params.vm_memory_attributes;
}

inline std::uint64_t capability(const State& s, Optional<Vm> vm, std::uint32_t cap) {
  return cap == 231 || cap == 234 ? std::uint64_t{1}
         : cap == 233 ? (per_vm_attributes(s) ? supported_attributes(s, vm) : std::uint64_t{0})
         : cap == 235 ? (s.params.sw_protected_vm ? std::uint64_t{3} : std::uint64_t{1})
         : cap == 236 ? (s.params.tdp ? std::uint64_t{1} : std::uint64_t{0})
         : cap == 244 ? supported_flags(s, vm)
         : cap == 249 && !s.params.vm_memory_attributes ? supported_attributes(s, vm)
                                                        : std::uint64_t{0};
}

/// The capabilities that the above is about.
inline bool is_told(const State&, std::uint32_t cap) {
  return cap == 231 || (233 <= cap && cap <= 236) || cap == 244 || cap == 249;
}

/// access_ok: user space ends at TASK_SIZE_MAX. An address that mmap gave lies in the last 2^40
/// bytes below it.
inline bool range_is_user(const State&, bool hva_is_null, std::uint64_t size) {
  return hva_is_null ? size <= 0x7ffffffff000u : size < 0x10000000000u;
}

/// Advice that says how the memory will be used, and asks for nothing at once.
inline bool is_hint(const State&, std::uint32_t advice) {
  return advice <= 3 || advice == 10 || advice == 11 || advice == 12 || advice == 13 ||
         advice == 14 || advice == 15 || advice == 16 || advice == 17 || advice == 19 ||
         advice == 20;
}

inline bool drops_entries(const State&, std::uint32_t advice) {
  return advice == 4 || advice == 24;
}

/// kvm_gmem_get_memory_attributes: a slot whose file is gone reads as shared.
bool page_private(const State& s, Slot s_2, Index auto p) {
  return s.params.vm_memory_attributes
             ? s.slot_vm(s_2).has_value() &&
                   s.vm_private(s.slot_vm(s_2).value(), slot_gfn(s, s_2, p))
             : s.slot_inode(s_2).has_value() && s.slot_vm(s_2).has_value() &&
                   (has_private_mem(s, s.slot_vm(s_2).value()) || s.params.default_vm_private) &&
                   s.sharing(s.slot_inode(s_2).value(), p) == Sharing::kPrivate;
}

bool gfn_private(const State& s, Vm vm, Index auto g) {
  return s.params.vm_memory_attributes
             ? s.vm_private(vm, g)
             : s.slot_at(vm, g).has_value() &&
                   page_private(s, s.slot_at(vm, g).value(),
                                slot_page(s, s.slot_at(vm, g).value(), g));
}

/// The access goes through guest_memfd instead of userspace_addr.
inline bool through_gmem(const State& s, Slot s_2, bool is_private) {
  return (s.slot_flags(s_2) & 4) != 0 && (is_private || s.slot_gmem_only(s_2));
}

/// A pre-fault of this gfn installs a mapping. The kind is what the attributes say, so that they
/// cannot differ. A page behind userspace_addr is taken to be there: what the pre-fault does to the
/// host's page tables then is not tracked.
bool can_prefault(const State& s, Vm vm, Index auto g) {
  return s.slot_at(vm, g).has_value() && (!gfn_private(s, vm, g) || has_private_mem(s, vm)) &&
         (!through_gmem(s, s.slot_at(vm, g).value(), gfn_private(s, vm, g)) ||
          s.slot_inode(s.slot_at(vm, g).value()).has_value());
}

inline bool is_vm(const State& s, Optional<Fd> fd) {
  return is_open(s, s.first_process().value(), fd) && s.fd_vm(fd.value()).has_value();
}

inline bool is_closed(const State& s, Optional<Fd> fd, Optional<FdWord> word) {
  return !word.has_value() && !is_open(s, s.first_process().value(), fd);
}

/// Calls that name no descriptor are made on the one that was made last.
inline bool newest_vm_is_open(const State& s) {
  return s.newest_vm().has_value() && some(s.all<Fd>(), [&](Fd f) {
           return is_open(s, s.first_process().value(), f) && s.fd_vm(f) == s.newest_vm();
         });
}

inline bool is_dev_kvm(const State&, Optional<FdWord> word) {
  return word == FdWord::kDevKvm || word == FdWord::kDevKvmPath || word == FdWord::kKvmDevice;
}

/// A pipe or an io_uring has a reference to the folio.
bool pinned(const State& s, Inode i, Index auto p) {
  return some(s.all<Pin>(),
              [&](Pin k) { return s.hold(k, p) == Hold::kHolds && s.pin_inode(k) == i; });
}

/// folio_ref_count says that somebody has more than the page cache's reference: a pin, a page
/// table, or a fault on its way to one.
bool held(const State& s, Inode i, Index auto p) {
  return pinned(s, i, p) || some(s.all<Process>(), [&](Process r) {
           return some(s.all<Mapping>(),
                       [&](Mapping m) { return s.map_inode(m) == i && s.mapped(r, m, p); });
         });
}

/// Of a pin's pages the first that is not before the range.
inline Page first_pinned(const State& s, Mapping m, MapPage at, Page pages_lo, Page) {
  return pages_lo <= file_page(s, m, at) ? file_page(s, m, at) : pages_lo;
}

/// The page behind a guest's address, if it is one of a guest_memfd.
inline Optional<Page> guest_page(const State& s, Vm vm, std::uint64_t gpa) {
  return s.slot_at(vm, wrap<52>(gpa >> 12)).has_value() &&
                 s.slot_inode(s.slot_at(vm, wrap<52>(gpa >> 12)).value()).has_value()
             ? Optional<Page>(
                   slot_page(s, s.slot_at(vm, wrap<52>(gpa >> 12)).value(), wrap<52>(gpa >> 12)))
             : Optional<Page>{};
}

}  // namespace gms::model::inplace_v7
