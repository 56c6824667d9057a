// The kinds of values of pages: enums, objects, indices, parameters, and the ways out of actions.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"
#include "model/runtime/handles.h"

namespace gms::model::pages {

using model::Errno;

enum class Sharing : std::uint8_t {
  kShared = 0,
  kPrivate = 1,
};

enum class Hold : std::uint8_t {
  kNone = 0,
  kLive = 1,
  kOrphan = 2,
};

enum class Fixed : std::uint8_t {
  kAnon = 1,  // "anonymous"
  kVmFd = 2,  // "vm-fd"
};

struct InodeTag;
using Inode = Handle<InodeTag>;

struct PinTag;
using Pin = Handle<PinTag>;

struct ProcessTag;
using Process = Handle<ProcessTag>;

using Page = std::uint64_t;  // 52 bits

/// What distinguishes one kernel from another; fixed for a run.
struct Params {
  std::uint8_t order = 0;
  bool lazy = false;  // a quirk
};

/// How a run of an action ends.
enum class Clause : std::uint16_t {
  kFillENOMEM1,
  kCreateOk,
  kSpawnOk,
  kConvertBadRange,
  kConvertEqual,
  kConvertBusy,
  kConvertRaced,
  kConvertOk,
  kAllocateEINTR1,
  kAllocateOk,
  kPunchOk,
  kMapOk,
  kPinOk,
  kUnpinOk,
  kWriteOk,
  kReadOk,
  kShowOk,
  kNone,        // it has not ended yet
  kImpossible,  // no such run exists
};
inline constexpr std::array<Errno, 17> kResults = {
    Errno::kENOMEM,  // kFillENOMEM1
    Errno::kOk,      // kCreateOk
    Errno::kOk,      // kSpawnOk
    Errno::kEINVAL,  // kConvertBadRange
    Errno::kOk,      // kConvertEqual
    Errno::kEAGAIN,  // kConvertBusy
    Errno::kEINTR,   // kConvertRaced
    Errno::kOk,      // kConvertOk
    Errno::kEINTR,   // kAllocateEINTR1
    Errno::kOk,      // kAllocateOk
    Errno::kOk,      // kPunchOk
    Errno::kOk,      // kMapOk
    Errno::kOk,      // kPinOk
    Errno::kOk,      // kUnpinOk
    Errno::kOk,      // kWriteOk
    Errno::kOk,      // kReadOk
    Errno::kOk,      // kShowOk
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

}  // namespace gms::model::pages
