// The kinds of values of pages: enums, objects, indices, parameters.
#pragma once

#include <array>
#include <cstdint>

#include "model/runtime/errno.h"
#include "model/runtime/handles.h"

namespace gms::model::pages {

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

}  // namespace gms::model::pages
