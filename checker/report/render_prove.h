// The report of `gmemspec prove` as text, JSON and JUnit.
#pragma once

#include <string>

#include "base/style.h"
#include "checker/report/prove_report.h"

namespace gms::check {

struct ProveRendering {
  base::Style style;
  bool verbose = false;  // also what each proof rests on, and the runs of covers
  bool times = true;     // false: only what is the same each time
};

/// A line for each property, then what is not proved, with its run. At most kMaxRunLines lines of
/// each run or state.
inline constexpr std::size_t kMaxRunLines = 40;
std::string render_text(const ProofsReport& report, const ProveRendering& how = {});
/// As checker/report/schema/prove.schema.json says, with a line end.
std::string render_json(const ProofsReport& report, const ProveRendering& how = {});
/// A test for each property and, if the clauses were asked for, one for each clause.
std::string render_junit(const ProofsReport& report);

}  // namespace gms::check
