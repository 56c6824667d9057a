// Random call sequences that the model guides: mostly calls that do something, each with the one
// result that the spec allows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/conform/valuation.h"
#include "checker/vectors/generate.h"
#include "ir/ir.h"

namespace gms::check {

struct RandomOptions {
  std::uint64_t seed = 1;
  std::size_t calls = 1000;  // in all programs together
  std::size_t length = 40;   // of one program
  Valuation valuation;
  std::vector<std::string> not_given;  // as VectorOptions
  /// A call that succeeds has no number above this: so much memory, or so far away.
  std::uint64_t largest = std::uint64_t{1} << 28;
};

/// The last program may be shorter. Calls whose end the environment decides are left out.
std::vector<TestVector> random_programs(const ir::Module& module, const RandomOptions& options);

}  // namespace gms::check
