// A vector as the body of a function in C, which makes its calls and checks what comes of them.
#pragma once

#include <string>
#include <vector>

#include "runner/sequence.h"

namespace gms::runner {

struct VectorInC {
  std::string comment;  // what it shows: lines that begin with //
  std::string body;     // statements; empty with a problem
  std::string problem;  // why there is no body
  std::size_t bad_index = 0;
};

/// `lines` passed check_sequence; `lacking`: what that said no host is asked to do.
VectorInC write_vector(const std::vector<Line>& lines, const std::optional<Stop>& lacking);

}  // namespace gms::runner
