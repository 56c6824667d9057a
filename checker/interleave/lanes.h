// A run of the stepwise module as text: calls that ran alone in a line each, those that overlap
// side by side, with what each step changed.
#pragma once

#include <string>

#include "checker/explore/explore.h"
#include "ir/stepwise/stepwise.h"

namespace gms::check {

/// As run_text(), but that calls which overlap are called A, B, .., each indented further than the
/// one before. The run must replay. `brief`: calls without arguments that are zero or absent.
std::string lanes_text(const ir::Stepwise& stepwise, const Run& run, bool brief = false);

}  // namespace gms::check
