// Random programs of calls for `gmemspec run`, as texts of traces.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace gms::flow {

struct RandomProgram {
  std::string name;
  std::string text;
};

/// Programs with so many calls in all for a kernel of the spec with these parameters. Nothing after
/// a reported error.
std::optional<std::vector<RandomProgram>> make_random_programs(
    const std::string& spec, const std::vector<std::string>& params,
    const std::vector<std::string>& quirks, std::uint64_t seed, std::size_t calls,
    base::SourceSet& sources, base::DiagSink& sink);

}  // namespace gms::flow
