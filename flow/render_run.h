// The report of `gmemspec run` as text and as JSON.
#pragma once

#include <string>

#include "base/style.h"
#include "flow/run_vectors.h"

namespace gms::flow {

/// One line for each vector, after what `check` prints about it if it failed, and the counts.
std::string render_text(const RunReport& report, base::Style style);
std::string render_json(const RunReport& report);

}  // namespace gms::flow
