// `gmemspec diff`: two specs, found by name, file or revision of the repository, compared by what
// callers can see.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/diff/report.h"

namespace gms::flow {

struct DiffOptions {
  /// Shipped name, .gms or .gir file, or REVISION:PATH. Without the second, the first and what it
  /// extends.
  std::string old_spec, new_spec;
  std::vector<std::string> params;  // "name=value", of the side or sides that have the parameter
  std::vector<std::string> old_params, new_params;
  std::vector<std::string> quirks;  // the same
  std::string waivers;              // a file; empty: none
  std::string command;              // how it was called, for the report
  std::string today;  // "2026-11-30", against which waivers expire; empty: the clock says
  bool prove = true;
  bool properties = false;
  std::uint64_t calls = 120'000;  // of each search
  std::uint64_t seed = 1;
  unsigned milliseconds = 5000;
  std::uint64_t overlap_steps = 800'000;  // of calls that overlap, where steps or locks differ
};

struct Diffed {
  diff::DiffReport report;
  diff::DiffText text;
  bool as_expected = true;  // what the new spec's file expects was found, and no more
  bool has_expectations = false;
};

/// Nothing after a reported error.
std::optional<Diffed> diff_specs(const DiffOptions& options, base::SourceSet& sources,
                                 base::DiagSink& sink);

}  // namespace gms::flow
