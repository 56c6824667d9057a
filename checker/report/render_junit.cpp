#include <fmt/format.h>

#include "checker/report/render_check.h"
#include "checker/report/xml.h"

namespace gms::check {
namespace {

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
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml_text(trace.spec),
                         xml_text(trace.file));
    switch (trace.verdict) {
      case Verdict::kConforms: cases += "/>\n"; break;
      case Verdict::kViolation: {
        ++failures;
        const FindingReport& first = trace.findings.front();
        std::string what = first.event;
        if (first.window) {
          what += " overlaps the lines";
          for (const WindowCallReport& one : first.window->calls)
            what += ' ' + std::to_string(one.line);
        }
        cases +=
            fmt::format(">\n    <failure message=\"line {}: got {}\">{}</failure>\n  </testcase>\n",
                        first.line, xml_text(first.got), xml_text(what));
        break;
      }
      case Verdict::kUnreadable:
        ++errors;
        cases += fmt::format(">\n    <error message=\"{}\"/>\n  </testcase>\n",
                             xml_text(reasons_of(trace)));
        break;
      case Verdict::kUnknown:
        ++skipped;
        cases += fmt::format(">\n    <skipped message=\"{}\"/>\n  </testcase>\n",
                             xml_text(reasons_of(trace)));
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
