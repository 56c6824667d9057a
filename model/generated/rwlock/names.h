// The names of rwlock, by number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/generated/rwlock/slots.h"

namespace gms::model::rwlock {

using Names = std::string_view;

inline constexpr std::array<Names, 0> kParams = {};
inline constexpr std::array<Names, 1> kDomains = {"Thread"};
inline constexpr std::array<Names, 2> kStates = {"mode", "waiting"};
inline constexpr std::array<Names, 5> kActions = {"read_lock", "write_lock", "unlock", "spawn",
                                                  "leave"};
inline constexpr std::array<Names, 11> kClauses = {"read_lock.bad_thread",
                                                   "read_lock.again",
                                                   "read_lock.wait",
                                                   "read_lock.ok",
                                                   "write_lock.again",
                                                   "write_lock.queued",
                                                   "write_lock.ok",
                                                   "unlock.EPERM.1",
                                                   "unlock.ok",
                                                   "spawn.ok",
                                                   "leave.ok"};
inline constexpr std::array<Names, 3> kEvents = {"spawn", "read_lock", "note"};
inline constexpr std::array<Names, 3> kSlots = {"op", "thread", "errno"};
inline constexpr std::uint16_t kSlotsOfOnSpawn[] = {kSlotOp, kSlotThread};
inline constexpr std::uint16_t kSlotsOfOnReadLock[] = {kSlotOp, kSlotThread, kSlotErrno};
inline constexpr std::uint16_t kSlotsOfOnNote[] = {kSlotOp};

/// Bits of each state function's values.
inline constexpr std::array<std::uint8_t, 2> kStateWidths = {2, 1};
/// The fields that each event may have.
inline constexpr std::array<std::span<const std::uint16_t>, 3> kEventSlots = {
    kSlotsOfOnSpawn, kSlotsOfOnReadLock, kSlotsOfOnNote};

}  // namespace gms::model::rwlock
