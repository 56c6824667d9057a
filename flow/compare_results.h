// Whether a kernel gave the results that a vector has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runner/sequence.h"

namespace gms::flow {

struct Difference {
  std::size_t index = 0;  // of the line
  std::string text;       // "errno is "EAGAIN", the vector has null"
};

/// The first line with another result than the vector's own line has. Compared is what that line
/// holds, without what no two runs share: descriptor numbers, frame numbers, times. Lines that are
/// not judged on this host are not compared.
std::optional<Difference> first_difference(const std::vector<runner::Line>& expected,
                                           const std::vector<runner::Performed>& performed);

}  // namespace gms::flow
