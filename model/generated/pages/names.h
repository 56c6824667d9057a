// The names of pages, by number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/generated/pages/slots.h"

namespace gms::model::pages {

using Names = std::string_view;

inline constexpr std::array<Names, 2> kParams = {"order", "lazy"};
inline constexpr std::array<Names, 3> kDomains = {"Inode", "Pin", "Process"};
inline constexpr std::array<Names, 10> kStates = {"npages", "sharing", "cached", "content",
                                                  "frame",  "hold",    "pinned", "orphan_byte",
                                                  "mapped", "newest"};
inline constexpr std::array<Names, 11> kActions = {"create", "spawn", "convert", "allocate",
                                                   "punch",  "map",   "pin",     "unpin",
                                                   "write",  "read",  "show"};
inline constexpr std::array<Names, 17> kClauses = {
    "fill.ENOMEM.1", "create.ok",     "spawn.ok",   "convert.bad_range", "convert.equal",
    "convert.busy",  "convert.raced", "convert.ok", "allocate.EINTR.1",  "allocate.ok",
    "punch.ok",      "map.ok",        "pin.ok",     "unpin.ok",          "write.ok",
    "read.ok",       "show.ok"};
inline constexpr std::array<Names, 1> kEvents = {"write"};
inline constexpr std::array<Names, 7> kSlots = {"op",     "seq",      "tid",  "gmem",
                                                "values", "values.v", "errno"};
inline constexpr std::uint16_t kSlotsOfOnWrite[] = {kSlotOp,     kSlotSeq,     kSlotTid,  kSlotGmem,
                                                    kSlotValues, kSlotValuesV, kSlotErrno};

/// Bits of each state function's values.
inline constexpr std::array<std::uint8_t, 10> kStateWidths = {52, 1, 1, 8, 64, 2, 64, 8, 1, 64};
/// The fields that each event may have.
inline constexpr std::array<std::span<const std::uint16_t>, 1> kEventSlots = {kSlotsOfOnWrite};

}  // namespace gms::model::pages
