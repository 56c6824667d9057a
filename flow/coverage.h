// `gmemspec coverage`: how much of a spec traces exercise.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/exit_status.h"
#include "base/source.h"
#include "flow/check.h"

namespace gms::flow {

struct CoverageOptions {
  std::string spec = "inplace_v7";
  std::vector<std::string> params, quirks;
  std::vector<std::string> traces;   // files, folders, "-"
  std::vector<std::string> vectors;  // the same: what would these add?
};

struct CoverageCount {
  std::string criterion;
  std::size_t all = 0, shown = 0;
  std::size_t added = 0;  // by the vectors
};
/// One requirement, with its place in the spec.
struct CoverageItem {
  std::string criterion, text;
  std::uint64_t count = 0;
  bool added = false;
  base::Span place;
};
struct CoverageReport {
  std::string spec;
  std::size_t traces = 0, conforming = 0, vectors = 0;
  std::vector<CoverageCount> counts;
  std::vector<CoverageItem> items;
  std::vector<std::string> uncalled;  // actions
  std::vector<std::string> untested;  // claims about actions that no trace calls
  base::ExitStatus status() const {
    return traces == 0 || conforming == traces ? base::ExitStatus::kOk : base::ExitStatus::kUnknown;
  }
};

/// Nothing after a reported error. Only traces that conform count.
std::optional<CoverageReport> measure_coverage(const CoverageOptions& options,
                                               base::SourceSet& sources, base::DiagSink& sink);

std::string render_text(const CoverageReport& report, bool details);
std::string render_json(const CoverageReport& report, const base::SourceSet& sources);
/// One page without other files: the text of the spec, each line coloured by what is shown of it.
std::string render_html(const CoverageReport& report, const base::SourceSet& sources);

}  // namespace gms::flow
