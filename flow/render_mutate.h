// The report of `gmemspec mutate` as text and as JSON.
#pragma once

#include <string>

#include "base/source.h"
#include "base/style.h"
#include "flow/mutate.h"

namespace gms::flow {

/// The survivors with their places, and how many of each kind were noticed by what. `details`: a
/// line for each mutant that was noticed.
std::string render_text(const MutateReport& report, const base::SourceSet& sources,
                        base::Style style, bool details);
std::string render_json(const MutateReport& report, const base::SourceSet& sources);

}  // namespace gms::flow
