// `gmemspec shrink`: a failing trace made small while it still fails for the same reason.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/report/check_report.h"

namespace gms::flow {

struct ShrinkOptions {
  std::string trace;
  std::string spec;  // as CheckOptions
  std::vector<std::string> params, quirks;
};

struct ShrinkReport {
  std::string trace;
  /// Nothing to shrink: conforms, or what `why` says.
  check::Verdict verdict = check::Verdict::kViolation;
  std::string why;
  std::size_t lines_before = 0;    // up to the one that fails
  std::vector<std::string> calls;  // as strace would print them
  std::string text;                // the small trace
  check::FindingReport finding;    // of the last line
  base::ExitStatus status() const { return check::exit_status(verdict); }
};

/// Leaves out lines, then makes numbers smaller, equal ones together; the last line goes on failing
/// at the same op, with the same clauses allowed, and no line before it does. Nothing after a
/// reported error.
std::optional<ShrinkReport> shrink_trace(const ShrinkOptions& options, base::SourceSet& sources,
                                         base::DiagSink& sink);

/// The calls, what failed and what is allowed.
std::string render_text(const ShrinkReport& report);

}  // namespace gms::flow
