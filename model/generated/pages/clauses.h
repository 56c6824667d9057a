// The ways out of the actions of pages.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"

namespace gms::model::pages {

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
