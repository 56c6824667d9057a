// A property `A implies B` says nothing where A is false: covers that ask for A.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/ir.h"

namespace gms::check {

struct Premises {
  ir::Module module;  // with a cover for each premise behind its properties
  struct Premise {
    std::uint32_t property = ir::kNoId, cover = ir::kNoId;
  };
  std::vector<Premise> premises;
};

/// Of invariants and two-state properties that are implications, under quantifiers or not. `module`
/// is the atomic reading.
Premises with_premises(const ir::Module& module);

}  // namespace gms::check
