#include <fmt/format.h>

#include "base/utf8.h"
#include "checker/report/render_check.h"

namespace gms::check {
namespace {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : base::printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string reasons_of(const TraceReport& trace) {
  std::string text;
  for (const std::string& reason : trace.reasons)
    text += (text.empty() ? "" : "; ") + reason;
  return text;
}

}  // namespace

std::string render_junit(const CheckReport& report) {
  std::size_t failures = 0, errors = 0, skipped = 0;
  std::string cases;
  for (const TraceReport& trace : report.traces) {
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", escape(trace.spec),
                         escape(trace.file));
    switch (trace.verdict) {
      case Verdict::kConforms: cases += "/>\n"; break;
      case Verdict::kViolation: {
        ++failures;
        const FindingReport& first = trace.findings.front();
        cases +=
            fmt::format(">\n    <failure message=\"line {}: got {}\">{}</failure>\n  </testcase>\n",
                        first.line, escape(first.got), escape(first.event));
        break;
      }
      case Verdict::kUnreadable:
        ++errors;
        cases += fmt::format(">\n    <error message=\"{}\"/>\n  </testcase>\n",
                             escape(reasons_of(trace)));
        break;
      case Verdict::kUnknown:
        ++skipped;
        cases += fmt::format(">\n    <skipped message=\"{}\"/>\n  </testcase>\n",
                             escape(reasons_of(trace)));
        break;
    }
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"gmemspec check\" tests=\"{}\" "
      "failures=\"{}\" "
      "errors=\"{}\" skipped=\"{}\">\n{}</testsuite>\n",
      report.traces.size(), failures, errors, skipped, cases);
}

}  // namespace gms::check
