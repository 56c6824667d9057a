// A run of the stepwise module as text: calls that ran alone in a line each, those that overlap
// side by side, with what each step changed.
#pragma once

#include <string>

#include "checker/explore/explore.h"
#include "ir/stepwise/stepwise.h"

namespace gms::check {

/// As run_text(), but that calls which overlap are called A, B, .. and have a column each. The run
/// must replay.
std::string lanes_text(const ir::Stepwise& stepwise, const Run& run);

}  // namespace gms::check
