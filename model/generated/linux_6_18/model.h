// The compiled model of linux_6_18.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "model/runtime/engine.h"

namespace gms::model::linux_6_18 {

/// Of the module that this was made from: a spec with another one is another spec.
inline constexpr std::uint64_t kDigest = 0xddb0e101676ee36f;

/// The state of a fresh system. `params` in the order of the spec; those that are missing have
/// their defaults.
std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params = {});

}  // namespace gms::model::linux_6_18
