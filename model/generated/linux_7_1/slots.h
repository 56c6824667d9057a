// The fields of lines that the events of linux_7_1 read, by number.
#pragma once

#include <cstddef>

namespace gms::model::linux_7_1 {

enum FieldSlot : std::size_t {
  kSlotOp,                  // op
  kSlotSeq,                 // seq
  kSlotTid,                 // tid
  kSlotRound,               // round
  kSlotTBegin,              // t_begin
  kSlotTEnd,                // t_end
  kSlotFailNth,             // fail_nth
  kSlotVcpu,                // vcpu
  kSlotVm,                  // vm
  kSlotType,                // type
  kSlotRet,                 // ret
  kSlotErrno,               // errno
  kSlotOn,                  // on
  kSlotCap,                 // cap
  kSlotAddress,             // address
  kSlotSize,                // size
  kSlotAttributes,          // attributes
  kSlotFlags,               // flags
  kSlotInjected,            // injected
  kSlotSlot,                // slot
  kSlotGpa,                 // gpa
  kSlotHva,                 // hva
  kSlotGmem,                // gmem
  kSlotGmemOffset,          // gmem_offset
  kSlotReservedIndex,       // reserved_index
  kSlotPtr,                 // ptr
  kSlotNew,                 // new
  kSlotObj,                 // obj
  kSlotStSize,              // st_size
  kSlotStBlocks,            // st_blocks
  kSlotStMode,              // st_mode
  kSlotStNlink,             // st_nlink
  kSlotLength,              // length
  kSlotLink,                // link
  kSlotAdvice,              // advice
  kSlotRequest,             // request
  kSlotOffset,              // offset
  kSlotReservedNonzero,     // reserved_nonzero
  kSlotErrorOffsetIn,       // error_offset_in
  kSlotErrorOffset,         // error_offset
  kSlotOtherFieldsChanged,  // other_fields_changed
  kSlotMode,                // mode
  kSlotMap,                 // map
  kSlotProt,                // prot
  kSlotMapOffset,           // map_offset
  kSlotPage,                // page
  kSlotByte,                // byte
  kSlotProcess,             // process
  kSlotResult,              // result
  kSlotSiCode,              // si_code
  kSlotSiAddrPage,          // si_addr_page
  kSlotValue,               // value
  kSlotNpages,              // npages
  kSlotPtes,                // ptes
  kSlotPtesPage,            // ptes.page
  kSlotPtesPresent,         // ptes.present
  kSlotPtesPfn,             // ptes.pfn
  kSlotPin,                 // pin
  kSlotValues,              // values
  kSlotState,               // state
  kSlotVec0,                // vec0
  kSlotFault,               // fault
  kSlotFaultFlags,          // fault.flags
  kSlotFaultGpa,            // fault.gpa
  kSlotFaultSize,           // fault.size
  kSlotMmio,                // mmio
  kSlotMmioPhysAddr,        // mmio.phys_addr
  kSlotMmioLen,             // mmio.len
  kSlotMmioIsWrite,         // mmio.is_write
  kSlotExitReason,          // exit_reason
  kSlotSuberror,            // suberror
  kSlotWriteValue,          // write_value
  kSlotGpaOut,              // gpa_out
  kSlotSizeOut,             // size_out
};

}  // namespace gms::model::linux_7_1
