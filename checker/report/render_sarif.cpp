#include <nlohmann/json.hpp>

#include "checker/report/render_check.h"

namespace gms::check {
namespace {

using Json = nlohmann::ordered_json;

Json result_of(const TraceReport& trace, const FindingReport& finding) {
  std::string message = finding.event + ": got " + finding.got + "; allowed:";
  for (const AllowedReport& one : finding.allowed)
    message += ' ' + one.outcome + " (" + one.action + '.' + one.label + ");";
  if (finding.window) {
    message += " overlaps the lines";
    for (const WindowCallReport& one : finding.window->calls)
      message += ' ' + std::to_string(one.line);
    message += finding.window->torn ? "; a torn range operation" : "";
  }
  Json region{{"startLine", finding.line}};
  Json location{
      {"physicalLocation", {{"artifactLocation", {{"uri", trace.file}}}, {"region", region}}}};
  Json result{{"ruleId", finding.after_first ? "after-first-divergence" : "violation"},
              {"level", finding.after_first ? "note" : "error"},
              {"message", {{"text", message}}}};
  result["locations"] = Json::array({location});
  return result;
}

}  // namespace

std::string render_sarif(const CheckReport& report) {
  Json results = Json::array();
  for (const TraceReport& trace : report.traces) {
    for (const FindingReport& finding : trace.findings)
      results.push_back(result_of(trace, finding));
    if (trace.verdict != Verdict::kUnknown && trace.verdict != Verdict::kUnreadable) continue;
    std::string message = std::string(verdict_name(trace.verdict));
    for (const std::string& reason : trace.reasons)
      message += ": " + reason;
    Json location{{"physicalLocation", {{"artifactLocation", {{"uri", trace.file}}}}}};
    Json result{{"ruleId", std::string(verdict_name(trace.verdict))},
                {"level", "warning"},
                {"message", {{"text", message}}}};
    result["locations"] = Json::array({location});
    results.push_back(std::move(result));
  }
  Json rules = Json::array();
  for (const auto& [id, text] :
       {std::pair{"violation", "No run of the spec explains the event"},
        std::pair{"after-first-divergence", "Depends on an earlier violation"},
        std::pair{"unknown", "The trace decides nothing"},
        std::pair{"unreadable", "The trace cannot be read"}})
    rules.push_back({{"id", id}, {"shortDescription", {{"text", text}}}});
  Json run{{"tool", {{"driver", {{"name", "gmemspec"}, {"rules", rules}}}}}, {"results", results}};
  Json sarif{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
  sarif["runs"] = Json::array({run});
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace gms::check
