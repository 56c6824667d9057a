// How the commands that compare specs end.
#pragma once

#include <string>

#include "base/exit_status.h"
#include "flow/diff.h"

namespace gms::cli {

/// kFinding: what is there is as bad as `fail_on` (a level, or "never"), or not what the spec
/// expects. kUnknown: there may be more; with `sequential` overlapping calls do not count.
inline base::ExitStatus diff_exit(const flow::Diffed& diffed, const std::string& fail_on,
                                  bool sequential) {
  using base::ExitStatus;
  if (!diffed.as_expected) return ExitStatus::kFinding;
  // What the spec itself expects is no reason to fail.
  if (diffed.has_expectations) return ExitStatus::kOk;
  if (fail_on != "never" &&
      diffed.report.level() >= diff::level_of(fail_on).value_or(diff::Level::kBreak))
    return ExitStatus::kFinding;
  const bool settled = sequential ? diffed.report.sequential() : diffed.report.concurrent();
  return settled ? ExitStatus::kOk : ExitStatus::kUnknown;
}

}  // namespace gms::cli
