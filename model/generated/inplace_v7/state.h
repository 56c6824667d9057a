// The state functions of inplace_v7.
#pragma once

#include <tuple>

#include "model/generated/inplace_v7/types.h"
#include "model/runtime/function.h"
#include "model/runtime/lazy.h"
#include "model/runtime/optional.h"

namespace gms::model::inplace_v7 {

using Base = StateBase<ProcessTag, VmTag, FdTag, InodeTag, SlotTag, MappingTag, PinTag>;

struct State : Base {
  const Params params;

  /// The process that made the first VM: the one whose calls a trace shows.
  Function<Base, Optional<Process>> first_process{*this, Optional<Process>{}};
  /// Its forked child.
  Function<Base, Optional<Process>> newest_child{*this, Optional<Process>{}};
  Function<Base, bool, Process, Fd> fd_open{*this, false};
  Function<Base, Optional<Inode>, Fd> fd_inode{*this, Optional<Inode>{}};
  Function<Base, Optional<Vm>, Fd> fd_vm{*this, Optional<Vm>{}};
  /// The VM whose vCPU a guest access of a trace runs on.
  Function<Base, Optional<Vm>> newest_vm{*this, Optional<Vm>{}};
  Function<Base, std::uint32_t, Vm> vm_type{*this, 0};
  /// kvm->mm: userspace_addr is an address in this process.
  Function<Base, Optional<Process>, Vm> vm_process{*this, Optional<Process>{}};
  /// kvm->mem_attr_array: KVM_MEMORY_ATTRIBUTE_PRIVATE of each gfn, if attributes belong to the VM.
  Function<Base, bool, Vm, Bits<52, Gfn>> vm_private{*this, false};
  /// An MMIO entry is left in the page tables. Decides nothing unless the quirk stale_mmio is on.
  Function<Base, bool, Vm, Bits<52, Gfn>> mmio_spte{*this, false};
  Function<Base, Optional<Slot>, Vm, Bits<16, SlotId>> slot_of{*this, Optional<Slot>{}};
  /// Inverse of slot_base and slot_end.
  Function<Base, Optional<Slot>, Vm, Bits<52, Gfn>> slot_at{*this, Optional<Slot>{}};
  Function<Base, Optional<Vm>, Slot> slot_vm{*this, Optional<Vm>{}};
  Function<Base, SlotId, Slot> slot_id{*this, 0};
  /// The slot shows the gfns slot_base ..< slot_end.
  Function<Base, Gfn, Slot> slot_base{*this, 0};
  Function<Base, Gfn, Slot> slot_end{*this, 0};
  Function<Base, std::uint32_t, Slot> slot_flags{*this, 0};
  /// slot->gmem.file: none without KVM_MEM_GUEST_MEMFD, and after the file's release.
  Function<Base, Optional<Inode>, Slot> slot_inode{*this, Optional<Inode>{}};
  /// slot->gmem.pgoff: with a file, the slot shows its pages slot_first ..< slot_last.
  Function<Base, Page, Slot> slot_first{*this, 0};
  Function<Base, Page, Slot> slot_last{*this, 0};
  /// KVM_MEMSLOT_GMEM_ONLY: shared accesses go through guest_memfd as well.
  Function<Base, bool, Slot> slot_gmem_only{*this, false};
  Function<Base, Optional<Mapping>, Slot> slot_hva{*this, Optional<Mapping>{}};
  Function<Base, MapPage, Slot> slot_hva_first{*this, 0};
  Function<Base, Optional<HvaWord>, Slot> slot_hva_word{*this, Optional<HvaWord>{}};
  /// By slot and page of its inode. Pages that came through userspace_addr are not listed.
  Function<Base, Lazy<Stage2>, Slot, Bits<52, Page>> stage2{*this, Stage2::kUnmapped};
  /// The VM a guest_memfd belongs to; none: ordinary memory.
  Function<Base, Optional<Vm>, Inode> inode_vm{*this, Optional<Vm>{}};
  Function<Base, std::uint64_t, Inode> inode_flags{*this, 0};
  /// i_size in pages
  Function<Base, Page, Inode> npages{*this, 0};
  /// gmem->bindings
  Function<Base, Optional<Slot>, Inode, Bits<52, Page>> bindings{*this, Optional<Slot>{}};
  /// What a host fault asks. In this version a constant of the inode.
  Function<Base, Sharing, Inode, Bits<52, Page>> sharing{*this, Sharing::kShared};
  /// A folio is in the page cache. Where an allocation was stopped: if not here, see partly_filled.
  Function<Base, Lazy<bool>, Inode, Bits<52, Page>> cached{*this, false};
  /// An allocation that was stopped left a folio here: nobody is told.
  Function<Base, Lazy<bool>, Inode, Bits<52, Page>> partly_filled{*this, false};
  /// PG_uptodate: somebody has used the folio. One that only fallocate made is not, and mincore
  /// does not count it.
  Function<Base, Lazy<bool>, Inode, Bits<52, Page>> uptodate{*this, false};
  /// Bytes. Of a page without a folio: zeros, which is what the folio that will fill it is made to
  /// hold first.
  Function<Base, Lazy<std::uint8_t>, Inode, Bits<52, Page>, Bits<12, std::uint16_t>> content{*this,
                                                                                             0};
  /// The page frame of the folio that is there, or of the one that will be: unknown until the page
  /// tables show it.
  Function<Base, Lazy<std::uint64_t>, Inode, Bits<52, Page>> frame{*this, 0};
  Function<Base, Optional<Inode>, Mapping> map_inode{*this, Optional<Inode>{}};
  /// vma->vm_pgoff
  Function<Base, Page, Mapping> map_first{*this, 0};
  Function<Base, MapPage, Mapping> map_npages{*this, 0};
  /// The address is part of the process's address space.
  Function<Base, bool, Process, Mapping, Bits<52, MapPage>> vma{*this, false};
  Function<Base, std::uint32_t, Process, Mapping, Bits<52, MapPage>> prot{*this, 0};
  /// VM_LOCKED: some advice is refused then.
  Function<Base, bool, Process, Mapping, Bits<52, MapPage>> locked{*this, false};
  /// A host page-table entry exists. By page of the inode, so that a zap of the inode's pages is a
  /// range.
  Function<Base, bool, Process, Mapping, Bits<52, Page>> mapped{*this, false};
  Function<Base, Optional<Inode>, Pin> pin_inode{*this, Optional<Inode>{}};
  /// The pages pinned first ..< end; which of them are still held says `hold`.
  Function<Base, Page, Pin> pin_first{*this, 0};
  Function<Base, Page, Pin> pin_end{*this, 0};
  Function<Base, Hold, Pin, Bits<52, Page>> hold{*this, Hold::kAbsent};
  /// Byte 0 of a page that the page cache has lost and the pin keeps.
  Function<Base, Lazy<std::uint8_t>, Pin, Bits<52, Page>> orphan_byte{*this, 0};
  /// The buffers registered with the io_uring.
  Function<Base, Optional<Pin>> ring_buffers{*this, Optional<Pin>{}};

  auto functions() {
    return std::tie(first_process, newest_child, fd_open, fd_inode, fd_vm, newest_vm, vm_type,
                    vm_process, vm_private, mmio_spte, slot_of, slot_at, slot_vm, slot_id,
                    slot_base, slot_end, slot_flags, slot_inode, slot_first, slot_last,
                    slot_gmem_only, slot_hva, slot_hva_first, slot_hva_word, stage2, inode_vm,
                    inode_flags, npages, bindings, sharing, cached, partly_filled, uptodate,
                    content, frame, map_inode, map_first, map_npages, vma, prot, locked, mapped,
                    pin_inode, pin_first, pin_end, hold, orphan_byte, ring_buffers);
  }
  auto functions() const {
    return std::tie(first_process, newest_child, fd_open, fd_inode, fd_vm, newest_vm, vm_type,
                    vm_process, vm_private, mmio_spte, slot_of, slot_at, slot_vm, slot_id,
                    slot_base, slot_end, slot_flags, slot_inode, slot_first, slot_last,
                    slot_gmem_only, slot_hva, slot_hva_first, slot_hva_word, stage2, inode_vm,
                    inode_flags, npages, bindings, sharing, cached, partly_filled, uptodate,
                    content, frame, map_inode, map_first, map_npages, vma, prot, locked, mapped,
                    pin_inode, pin_first, pin_end, hold, orphan_byte, ring_buffers);
  }

  explicit State(const Params& the_params);
  State(const State& other);
  State& operator=(const State&) = delete;
  ~State();
  friend bool operator==(const State& a, const State& b);
};

// Ends an object and everything that is keyed by it. Nothing if it is not live.
void destroy(State& s, Process process);
void destroy(State& s, Vm vm);
void destroy(State& s, Fd fd);
void destroy(State& s, Inode inode);
void destroy(State& s, Slot slot);
void destroy(State& s, Mapping mapping);
void destroy(State& s, Pin pin);

}  // namespace gms::model::inplace_v7
