// The report of `gmemspec check` in the forms that people and programs read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/style.h"
#include "checker/report/check_report.h"

namespace gms::check {

/// A line for each trace, and at most 25 lines for each finding.
std::string render_text(const CheckReport& report, base::Style style = {});
inline constexpr std::size_t kMaxFindingLines = 25;

/// As checker/report/schema/check.schema.json says, with a line end.
std::string render_json(const CheckReport& report);

/// SARIF 2.1.0, for code review tools: a result for each finding, at its line of the trace.
std::string render_sarif(const CheckReport& report);

/// JUnit XML, for CI: a test case for each trace.
std::string render_junit(const CheckReport& report);

}  // namespace gms::check
