// Random programs of calls for `gmemspec run`, as texts of traces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "runner/executor.h"

namespace gms::flow {

struct RandomProgram {
  std::string name;
  std::string text;
};

struct RandomSize {
  std::uint64_t seed = 1;
  std::size_t calls = 0;    // in all programs together
  std::size_t threads = 0;  // that make calls at the same time; 0: one call after the other
};

/// Programs for a kernel of the spec with these parameters, on a host with these traits. Nothing
/// after a reported error.
std::optional<std::vector<RandomProgram>> make_random_programs(
    const std::string& spec, const std::vector<std::string>& params,
    const std::vector<std::string>& quirks, const RandomSize& size, runner::Traits traits,
    base::SourceSet& sources, base::DiagSink& sink);

}  // namespace gms::flow
