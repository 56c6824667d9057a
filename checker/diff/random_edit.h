// Small changes of a spec at random, some of which change nothing: what the comparison of specs is
// tested with.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "ir/ir.h"

namespace gms::diff {

struct RandomEdit {
  std::string kind;
  ir::Module module;
};
inline constexpr int kEditKinds = 20;  // with those of ir/mutate.h

/// Nothing if the module has no place for the kind that was drawn. The result need not be
/// well-formed (ir/verify.h says).
std::optional<RandomEdit> random_edit(const ir::Module& module, std::mt19937_64& rng);

}  // namespace gms::diff
