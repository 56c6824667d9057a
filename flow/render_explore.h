// The report of `gmemspec explore` as text and as JSON.
#pragma once

#include <string>

#include "base/style.h"
#include "flow/explore.h"

namespace gms::flow {

/// `times`: also what differs from run to run: seconds, states a second, memory. `details`: also
/// the runs that reach covers, and the values of all arguments.
std::string render_text(const Explored& explored, base::Style style, bool times, bool details);
std::string render_json(const Explored& explored, bool times);

}  // namespace gms::flow
