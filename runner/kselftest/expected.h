// What a line of a vector expects of its call, as a condition in C on `struct gm_result r`.
#pragma once

#include <string>
#include <vector>

#include "runner/executor.h"

namespace gms::runner {

struct Expected {
  std::string condition;  // empty: the line says nothing
  std::string usual;      // only the line's own way, if others are allowed; else empty
  std::string text;       // "errno=EINVAL, or errno=null": for who reads the report
  std::string problem;    // why there is no condition: what the line expects can never be
  bool may_succeed = true, may_fail = true;
};

/// `others`: results that are allowed as well, beside those of the line. `same_kernel`: the
/// kernel's parameters are those that the line was made for, so that it answers questions in the
/// same way.
Expected expected_of(const Line& line, const std::vector<Line>& others, bool same_kernel = true);

}  // namespace gms::runner
