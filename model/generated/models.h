// The compiled models that there are. The list, models.cpp, is written with them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "model/runtime/engine.h"

namespace gms::model {

struct CompiledSpec {
  std::uint64_t digest;  // of the module that it was made from (ir/text/digest.h)
  std::unique_ptr<Model> (*make)(std::span<const std::uint64_t> params);
};

std::span<const CompiledSpec> compiled_specs();

}  // namespace gms::model
