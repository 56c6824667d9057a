// The ways out of the actions of rwlock.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"

namespace gms::model::rwlock {

/// How a run of an action ends.
enum class Clause : std::uint16_t {
  kReadLockBadThread,
  kReadLockAgain,
  kReadLockWait,
  kReadLockOk,
  kWriteLockAgain,
  kWriteLockQueued,
  kWriteLockOk,
  kUnlockEPERM1,
  kUnlockOk,
  kSpawnOk,
  kLeaveOk,
  kNone,        // it has not ended yet
  kImpossible,  // no such run exists
};
inline constexpr std::array<Errno, 11> kResults = {
    Errno::kEINVAL,   // kReadLockBadThread
    Errno::kEDEADLK,  // kReadLockAgain
    Errno::kEAGAIN,   // kReadLockWait
    Errno::kOk,       // kReadLockOk
    Errno::kEDEADLK,  // kWriteLockAgain
    Errno::kEAGAIN,   // kWriteLockQueued
    Errno::kOk,       // kWriteLockOk
    Errno::kEPERM,    // kUnlockEPERM1
    Errno::kOk,       // kUnlockOk
    Errno::kOk,       // kSpawnOk
    Errno::kOk,       // kLeaveOk
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

}  // namespace gms::model::rwlock
