// `gmemspec series`: the steps from one spec to the next, a row for each.
#pragma once

#include <string>
#include <vector>

#include "flow/diff.h"

namespace gms::flow {

struct SeriesOptions {
  std::vector<std::string> specs;  // two or more, as those of a diff
  DiffOptions each;                // without specs
};
struct SeriesStep {
  std::string from, to;
  Diffed diffed;
  std::vector<std::string> changed;  // calls whose text differs, or that one side lacks
};

/// Nothing after a reported error.
std::optional<std::vector<SeriesStep>> compare_series(const SeriesOptions& options,
                                                      base::SourceSet& sources,
                                                      base::DiagSink& sink);

std::string render_series(const std::vector<SeriesStep>& steps);
std::string render_series_json(const std::vector<SeriesStep>& steps);

}  // namespace gms::flow
