// The compiled model of linux_7_1.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "model/runtime/engine.h"

namespace gms::model::linux_7_1 {

/// Of the module that this was made from: a spec with another one is another spec.
inline constexpr std::uint64_t kDigest = 0xccfe9059396db5a6;

/// The state of a fresh system. `params` in the order of the spec; those that are missing have
/// their defaults.
std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params = {});

}  // namespace gms::model::linux_7_1
