// Random call sequences that the model guides: mostly calls that do something, each with the one
// result that the spec allows; or calls of several threads at the same time, of which only a
// checker can say what they may result in.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checker/conform/valuation.h"
#include "checker/vectors/generate.h"
#include "ir/ir.h"

namespace gms::check {

struct RandomOptions {
  std::uint64_t seed = 1;
  std::size_t calls = 1000;  // in all programs together
  std::size_t length = 40;   // of one program without threads
  /// A program with threads is a few calls of one, then all threads at the same time, then what one
  /// thread sees afterwards. 0: no threads.
  std::size_t threads = 0;
  std::size_t thread_length = 12;
  /// Whether the last of the lines can follow the others; asked of programs with threads.
  std::function<bool(const std::vector<nlohmann::ordered_json>& lines)> can_be_made;
  Valuation valuation;
  std::vector<std::string> not_given;  // as VectorOptions
  /// A call that succeeds has no number above this: so much memory, or so far away.
  std::uint64_t largest = std::uint64_t{1} << 28;
};

/// The last program may be shorter, one with threads longer. Calls whose end the environment
/// decides are left out.
std::vector<TestVector> random_programs(const ir::Module& module, const RandomOptions& options);

}  // namespace gms::check
