// The ways out of the actions of linux_7_1.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"

namespace gms::model::linux_7_1 {

/// How a run of an action ends.
enum class Clause : std::uint16_t {
  kFallocateInodeBadRange,
  kFallocateInodeBadMode,
  kFallocateInodeBadCombination,
  kFallocateInodeTooBig,
  kFallocateInodeNoKeepSize,
  kFallocateInodeOtherMode,
  kFallocateInodeUnaligned,
  kFallocateInodePastEnd,
  kFallocateInodeSignal,
  kFallocateInodeNoMemory,
  kHostReadPunchedMeanwhile,
  kHostReadOk,
  kHostWriteOk,
  kPagemapVmaGone,
  kPagemapOk,
  kCreateVmBadType,
  kCreateVmOk,
  kCheckExtensionOk,
  kSetMemoryAttributesNoAttributes,
  kSetMemoryAttributesCopyIn,
  kSetMemoryAttributesCopyInFault,
  kSetMemoryAttributesBadFlags,
  kSetMemoryAttributesBadAttributes,
  kSetMemoryAttributesEmptyRange,
  kSetMemoryAttributesUnaligned,
  kSetMemoryAttributesEqual,
  kSetMemoryAttributesNoMemory,
  kSetMemoryAttributesOk,
  kCreateGuestMemfdNotAVm,
  kCreateGuestMemfdCopyIn,
  kCreateGuestMemfdCopyInFault,
  kCreateGuestMemfdBadFlags,
  kCreateGuestMemfdBadSize,
  kCreateGuestMemfdNoMemory,
  kCreateGuestMemfdOk,
  kDupNoFd,
  kDupOk,
  kCloseNoFd,
  kCloseOk,
  kForkOk,
  kExitProcessOk,
  kFstatNoFd,
  kFstatOk,
  kFileCallNoFd,
  kFileCallNoReadWrite,
  kFileCallNoPosition,
  kFileCallNoSetattr,
  kFileCallNoFsync,
  kFileCallNoSeals,
  kFileCallNoOpen,
  kFileCallOk,
  kIoctlOnClosedNoFd,
  kUnknownGmemIoctlUnknown,
  kSetMemoryAttributes2OnDevKvm,
  kSetMemoryAttributes2OnVm,
  kSetMemoryAttributes2NoFd,
  kSetMemoryAttributes2Unknown,
  kSetUserMemoryRegion2CopyIn,
  kSetUserMemoryRegion2BadSlot,
  kSetUserMemoryRegion2BadFlags,
  kSetUserMemoryRegion2SizeUnaligned,
  kSetUserMemoryRegion2GpaUnaligned,
  kSetUserMemoryRegion2HvaUnaligned,
  kSetUserMemoryRegion2HvaRange,
  kSetUserMemoryRegion2HvaRangeHigh,
  kSetUserMemoryRegion2BadGmemOffset,
  kSetUserMemoryRegion2BadAddressSpace,
  kSetUserMemoryRegion2GpaWraps,
  kSetUserMemoryRegion2TooManyPages,
  kSetUserMemoryRegion2DeleteNone,
  kSetUserMemoryRegion2DeleteNoMemory,
  kSetUserMemoryRegion2Deleted,
  kSetUserMemoryRegion2GmemExists,
  kSetUserMemoryRegion2OldGmem,
  kSetUserMemoryRegion2Differs,
  kSetUserMemoryRegion2Overlap,
  kSetUserMemoryRegion2NoMemory,
  kSetUserMemoryRegion2MovedTooHigh,
  kSetUserMemoryRegion2MovedHigh,
  kSetUserMemoryRegion2Changed,
  kSetUserMemoryRegion2BindFd,
  kSetUserMemoryRegion2BindNotGmem,
  kSetUserMemoryRegion2BindOtherVm,
  kSetUserMemoryRegion2BindNegative,
  kSetUserMemoryRegion2BindPastEnd,
  kSetUserMemoryRegion2BindOverlap,
  kSetUserMemoryRegion2GpaTooHigh,
  kSetUserMemoryRegion2GpaHigh,
  kSetUserMemoryRegion2Ok,
  kMmapOffsetUnaligned,
  kMmapNoFd,
  kMmapHugetlb,
  kMmapZeroLength,
  kMmapTooLong,
  kMmapNoRoom,
  kMmapOffsetTooBig,
  kMmapBadType,
  kMmapBadFlag,
  kMmapNoexec,
  kMmapNoMemory,
  kMmapNotGmem,
  kMmapNoMmap,
  kMmapNotShared,
  kMmapOk,
  kOrdinaryMemoryOk,
  kMunmapUnaligned,
  kMunmapZeroLength,
  kMunmapOk,
  kMprotectBadProt,
  kMprotectBothWays,
  kMprotectNotMapped,
  kMprotectVmaGone,
  kMprotectDoesNotGrow,
  kMprotectNoexec,
  kMprotectOk,
  kFallocateNoFd,
  kFallocateNotGmem,
  kFallocateOk,
  kPinNoMemory,
  kPinNothing,
  kPinNoPage,
  kPinOk,
  kPinByteNoPin,
  kPinByteNoPage,
  kPinByteOk,
  kPinDrainNoPin,
  kPinDrainOk,
  kUnpinNoPin,
  kUnpinOk,
  kIoUringRegisterBuffersRegistered,
  kIoUringRegisterBuffersEmptyBuffer,
  kIoUringRegisterBuffersNoPage,
  kIoUringRegisterBuffersOk,
  kIoUringUnregisterBuffersNoneRegistered,
  kIoUringUnregisterBuffersOk,
  kIoUringSetupOk,
  kKernelReadNoPageProcMem,
  kKernelReadNoPage,
  kKernelReadOk,
  kKernelWriteNoPageProcMem,
  kKernelWriteNoPage,
  kKernelWriteOk,
  kMlockNotMapped,
  kMlockUnmappedMeanwhile,
  kMlockNoPage,
  kMlockOk,
  kMunlockNotMapped,
  kMunlockVmaGone,
  kMunlockOk,
  kMsyncNotMapped,
  kMsyncVmaGone,
  kMsyncNoFsync,
  kMincoreNotMapped,
  kMincoreVmaGone,
  kMincoreOk,
  kMadviseNoKsm,
  kMadviseUnknownAdvice,
  kMadviseNotMapped,
  kMadviseVmaGone,
  kMadviseLockedVma,
  kMadviseAnonymousOnly,
  kMadviseProtected,
  kMadviseNoPage,
  kMadvisePopulated,
  kMadviseRemoved,
  kMadviseOk,
  kGuestReadNoMemory,
  kGuestReadMemoryFaultExit,
  kGuestReadBadHva,
  kGuestReadOk,
  kGuestWriteNoMemory,
  kGuestWriteMemoryFaultExit,
  kGuestWriteBadHva,
  kGuestWriteOk,
  kPreFaultMemoryCopyIn,
  kPreFaultMemoryUnaligned,
  kPreFaultMemoryEmptyRange,
  kPreFaultMemoryNoTdp,
  kPreFaultMemoryCopyOut,
  kPreFaultMemoryNoSlot,
  kPreFaultMemoryNoPage,
  kPreFaultMemoryOk,
  kNone,        // it has not ended yet
  kImpossible,  // no such run exists
};
inline constexpr std::array<Errno, 182> kResults = {
    Errno::kEINVAL,      // kFallocateInodeBadRange
    Errno::kEOPNOTSUPP,  // kFallocateInodeBadMode
    Errno::kEOPNOTSUPP,  // kFallocateInodeBadCombination
    Errno::kEFBIG,       // kFallocateInodeTooBig
    Errno::kEOPNOTSUPP,  // kFallocateInodeNoKeepSize
    Errno::kEOPNOTSUPP,  // kFallocateInodeOtherMode
    Errno::kEINVAL,      // kFallocateInodeUnaligned
    Errno::kEINVAL,      // kFallocateInodePastEnd
    Errno::kEINTR,       // kFallocateInodeSignal
    Errno::kENOMEM,      // kFallocateInodeNoMemory
    Errno::kOk,          // kHostReadPunchedMeanwhile
    Errno::kOk,          // kHostReadOk
    Errno::kOk,          // kHostWriteOk
    Errno::kOk,          // kPagemapVmaGone
    Errno::kOk,          // kPagemapOk
    Errno::kEINVAL,      // kCreateVmBadType
    Errno::kOk,          // kCreateVmOk
    Errno::kOk,          // kCheckExtensionOk
    Errno::kENOTTY,      // kSetMemoryAttributesNoAttributes
    Errno::kEFAULT,      // kSetMemoryAttributesCopyIn
    Errno::kEFAULT,      // kSetMemoryAttributesCopyInFault
    Errno::kEINVAL,      // kSetMemoryAttributesBadFlags
    Errno::kEINVAL,      // kSetMemoryAttributesBadAttributes
    Errno::kEINVAL,      // kSetMemoryAttributesEmptyRange
    Errno::kEINVAL,      // kSetMemoryAttributesUnaligned
    Errno::kOk,          // kSetMemoryAttributesEqual
    Errno::kENOMEM,      // kSetMemoryAttributesNoMemory
    Errno::kOk,          // kSetMemoryAttributesOk
    Errno::kEINVAL,      // kCreateGuestMemfdNotAVm
    Errno::kEFAULT,      // kCreateGuestMemfdCopyIn
    Errno::kEFAULT,      // kCreateGuestMemfdCopyInFault
    Errno::kEINVAL,      // kCreateGuestMemfdBadFlags
    Errno::kEINVAL,      // kCreateGuestMemfdBadSize
    Errno::kENOMEM,      // kCreateGuestMemfdNoMemory
    Errno::kOk,          // kCreateGuestMemfdOk
    Errno::kEBADF,       // kDupNoFd
    Errno::kOk,          // kDupOk
    Errno::kEBADF,       // kCloseNoFd
    Errno::kOk,          // kCloseOk
    Errno::kOk,          // kForkOk
    Errno::kOk,          // kExitProcessOk
    Errno::kEBADF,       // kFstatNoFd
    Errno::kOk,          // kFstatOk
    Errno::kEBADF,       // kFileCallNoFd
    Errno::kEINVAL,      // kFileCallNoReadWrite
    Errno::kESPIPE,      // kFileCallNoPosition
    Errno::kEINVAL,      // kFileCallNoSetattr
    Errno::kEINVAL,      // kFileCallNoFsync
    Errno::kEINVAL,      // kFileCallNoSeals
    Errno::kENXIO,       // kFileCallNoOpen
    Errno::kOk,          // kFileCallOk
    Errno::kEBADF,       // kIoctlOnClosedNoFd
    Errno::kENOTTY,      // kUnknownGmemIoctlUnknown
    Errno::kEINVAL,      // kSetMemoryAttributes2OnDevKvm
    Errno::kENOTTY,      // kSetMemoryAttributes2OnVm
    Errno::kEBADF,       // kSetMemoryAttributes2NoFd
    Errno::kENOTTY,      // kSetMemoryAttributes2Unknown
    Errno::kEFAULT,      // kSetUserMemoryRegion2CopyIn
    Errno::kEINVAL,      // kSetUserMemoryRegion2BadSlot
    Errno::kEINVAL,      // kSetUserMemoryRegion2BadFlags
    Errno::kEINVAL,      // kSetUserMemoryRegion2SizeUnaligned
    Errno::kEINVAL,      // kSetUserMemoryRegion2GpaUnaligned
    Errno::kEINVAL,      // kSetUserMemoryRegion2HvaUnaligned
    Errno::kEINVAL,      // kSetUserMemoryRegion2HvaRange
    Errno::kEINVAL,      // kSetUserMemoryRegion2HvaRangeHigh
    Errno::kEINVAL,      // kSetUserMemoryRegion2BadGmemOffset
    Errno::kEINVAL,      // kSetUserMemoryRegion2BadAddressSpace
    Errno::kEINVAL,      // kSetUserMemoryRegion2GpaWraps
    Errno::kEINVAL,      // kSetUserMemoryRegion2TooManyPages
    Errno::kEINVAL,      // kSetUserMemoryRegion2DeleteNone
    Errno::kENOMEM,      // kSetUserMemoryRegion2DeleteNoMemory
    Errno::kOk,          // kSetUserMemoryRegion2Deleted
    Errno::kEINVAL,      // kSetUserMemoryRegion2GmemExists
    Errno::kEINVAL,      // kSetUserMemoryRegion2OldGmem
    Errno::kEINVAL,      // kSetUserMemoryRegion2Differs
    Errno::kEEXIST,      // kSetUserMemoryRegion2Overlap
    Errno::kENOMEM,      // kSetUserMemoryRegion2NoMemory
    Errno::kEINVAL,      // kSetUserMemoryRegion2MovedTooHigh
    Errno::kEINVAL,      // kSetUserMemoryRegion2MovedHigh
    Errno::kOk,          // kSetUserMemoryRegion2Changed
    Errno::kEBADF,       // kSetUserMemoryRegion2BindFd
    Errno::kEINVAL,      // kSetUserMemoryRegion2BindNotGmem
    Errno::kEINVAL,      // kSetUserMemoryRegion2BindOtherVm
    Errno::kEINVAL,      // kSetUserMemoryRegion2BindNegative
    Errno::kEINVAL,      // kSetUserMemoryRegion2BindPastEnd
    Errno::kEINVAL,      // kSetUserMemoryRegion2BindOverlap
    Errno::kEINVAL,      // kSetUserMemoryRegion2GpaTooHigh
    Errno::kEINVAL,      // kSetUserMemoryRegion2GpaHigh
    Errno::kOk,          // kSetUserMemoryRegion2Ok
    Errno::kEINVAL,      // kMmapOffsetUnaligned
    Errno::kEBADF,       // kMmapNoFd
    Errno::kEINVAL,      // kMmapHugetlb
    Errno::kEINVAL,      // kMmapZeroLength
    Errno::kENOMEM,      // kMmapTooLong
    Errno::kENOMEM,      // kMmapNoRoom
    Errno::kEOVERFLOW,   // kMmapOffsetTooBig
    Errno::kEINVAL,      // kMmapBadType
    Errno::kEOPNOTSUPP,  // kMmapBadFlag
    Errno::kEPERM,       // kMmapNoexec
    Errno::kENOMEM,      // kMmapNoMemory
    Errno::kENODEV,      // kMmapNotGmem
    Errno::kENODEV,      // kMmapNoMmap
    Errno::kEINVAL,      // kMmapNotShared
    Errno::kOk,          // kMmapOk
    Errno::kOk,          // kOrdinaryMemoryOk
    Errno::kEINVAL,      // kMunmapUnaligned
    Errno::kEINVAL,      // kMunmapZeroLength
    Errno::kOk,          // kMunmapOk
    Errno::kEINVAL,      // kMprotectBadProt
    Errno::kEINVAL,      // kMprotectBothWays
    Errno::kENOMEM,      // kMprotectNotMapped
    Errno::kENOMEM,      // kMprotectVmaGone
    Errno::kEINVAL,      // kMprotectDoesNotGrow
    Errno::kEACCES,      // kMprotectNoexec
    Errno::kOk,          // kMprotectOk
    Errno::kEBADF,       // kFallocateNoFd
    Errno::kENODEV,      // kFallocateNotGmem
    Errno::kOk,          // kFallocateOk
    Errno::kENOMEM,      // kPinNoMemory
    Errno::kOk,          // kPinNothing
    Errno::kEFAULT,      // kPinNoPage
    Errno::kOk,          // kPinOk
    Errno::kEBADF,       // kPinByteNoPin
    Errno::kEAGAIN,      // kPinByteNoPage
    Errno::kOk,          // kPinByteOk
    Errno::kEBADF,       // kPinDrainNoPin
    Errno::kOk,          // kPinDrainOk
    Errno::kEBADF,       // kUnpinNoPin
    Errno::kOk,          // kUnpinOk
    Errno::kEBUSY,       // kIoUringRegisterBuffersRegistered
    Errno::kEFAULT,      // kIoUringRegisterBuffersEmptyBuffer
    Errno::kEFAULT,      // kIoUringRegisterBuffersNoPage
    Errno::kOk,          // kIoUringRegisterBuffersOk
    Errno::kENXIO,       // kIoUringUnregisterBuffersNoneRegistered
    Errno::kOk,          // kIoUringUnregisterBuffersOk
    Errno::kOk,          // kIoUringSetupOk
    Errno::kEIO,         // kKernelReadNoPageProcMem
    Errno::kEFAULT,      // kKernelReadNoPage
    Errno::kOk,          // kKernelReadOk
    Errno::kEIO,         // kKernelWriteNoPageProcMem
    Errno::kEFAULT,      // kKernelWriteNoPage
    Errno::kOk,          // kKernelWriteOk
    Errno::kENOMEM,      // kMlockNotMapped
    Errno::kOk,          // kMlockUnmappedMeanwhile
    Errno::kENOMEM,      // kMlockNoPage
    Errno::kOk,          // kMlockOk
    Errno::kENOMEM,      // kMunlockNotMapped
    Errno::kENOMEM,      // kMunlockVmaGone
    Errno::kOk,          // kMunlockOk
    Errno::kENOMEM,      // kMsyncNotMapped
    Errno::kENOMEM,      // kMsyncVmaGone
    Errno::kEINVAL,      // kMsyncNoFsync
    Errno::kENOMEM,      // kMincoreNotMapped
    Errno::kENOMEM,      // kMincoreVmaGone
    Errno::kOk,          // kMincoreOk
    Errno::kEINVAL,      // kMadviseNoKsm
    Errno::kEINVAL,      // kMadviseUnknownAdvice
    Errno::kENOMEM,      // kMadviseNotMapped
    Errno::kENOMEM,      // kMadviseVmaGone
    Errno::kEINVAL,      // kMadviseLockedVma
    Errno::kEINVAL,      // kMadviseAnonymousOnly
    Errno::kEINVAL,      // kMadviseProtected
    Errno::kEFAULT,      // kMadviseNoPage
    Errno::kOk,          // kMadvisePopulated
    Errno::kOk,          // kMadviseRemoved
    Errno::kOk,          // kMadviseOk
    Errno::kENOMEM,      // kGuestReadNoMemory
    Errno::kEFAULT,      // kGuestReadMemoryFaultExit
    Errno::kEFAULT,      // kGuestReadBadHva
    Errno::kOk,          // kGuestReadOk
    Errno::kENOMEM,      // kGuestWriteNoMemory
    Errno::kEFAULT,      // kGuestWriteMemoryFaultExit
    Errno::kEFAULT,      // kGuestWriteBadHva
    Errno::kOk,          // kGuestWriteOk
    Errno::kEFAULT,      // kPreFaultMemoryCopyIn
    Errno::kEINVAL,      // kPreFaultMemoryUnaligned
    Errno::kEINVAL,      // kPreFaultMemoryEmptyRange
    Errno::kEOPNOTSUPP,  // kPreFaultMemoryNoTdp
    Errno::kEFAULT,      // kPreFaultMemoryCopyOut
    Errno::kENOENT,      // kPreFaultMemoryNoSlot
    Errno::kEFAULT,      // kPreFaultMemoryNoPage
    Errno::kOk,          // kPreFaultMemoryOk
};

constexpr bool is_exit(Clause clause) {
  return clause < Clause::kNone;
}
/// Of a way out.
constexpr Errno result_of(Clause clause) {
  return kResults[static_cast<std::size_t>(clause)];
}
constexpr std::uint32_t number_of(Clause clause) {
  return static_cast<std::uint32_t>(clause);
}

}  // namespace gms::model::linux_7_1
