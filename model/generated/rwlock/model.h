// The compiled model of rwlock.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "model/runtime/engine.h"

namespace gms::model::rwlock {

/// Of the module that this was made from: a spec with another one is another spec.
inline constexpr std::uint64_t kDigest = 0x9f71fe68f6919fd0;

/// The state of a fresh system. `params` in the order of the spec; those that are missing have
/// their defaults.
std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params = {});

}  // namespace gms::model::rwlock
