#include <nlohmann/json.hpp>

#include "checker/report/render_check.h"

namespace gms::check {
namespace {

using Json = nlohmann::ordered_json;

std::string_view blame_name(Blame blame) {
  switch (blame) {
    case Blame::kKernelDefect: return "kernel_defect";
    case Blame::kOtherKernel: return "other_kernel";
    case Blame::kThinTrace: return "thin_trace";
    case Blame::kStoreBuffer: return "store_buffer";
    case Blame::kKernelOrSpec: return "kernel_or_spec";
  }
  return "kernel_or_spec";
}

Json to_json(const AllowedReport& allowed) {
  return {{"outcome", allowed.outcome},        {"action", allowed.action},
          {"clause", allowed.label},           {"evidence", evidence_name(allowed.cite.evidence)},
          {"function", allowed.cite.function}, {"note", allowed.cite.note},
          {"differs", allowed.differs},        {"nearest", allowed.nearest}};
}

Json to_json(const WindowReport& window) {
  Json result{{"events", window.events}, {"orders_left", window.configurations}};
  result["calls"] = Json::array();
  for (const WindowCallReport& one : window.calls)
    result["calls"].push_back({{"line", one.line},
                               {"thread", one.tid},
                               {"begin", one.begin},
                               {"end", one.end},
                               {"event", one.text},
                               {"needed", one.needed}});
  result["order"] = Json::array();
  for (const PlacedReport& one : window.order)
    result["order"].push_back({{"line", one.line}, {"clause", one.clause}});
  result["needed"] = window.needed;
  if (window.torn)
    result["torn"] = {
        {"one", window.torn->one}, {"other", window.torn->other}, {"cycle", window.torn->cycle}};
  return result;
}

Json to_json(const FindingReport& finding) {
  Json result{{"line", finding.line},   {"seq", nullptr},       {"op", finding.op},
              {"event", finding.event}, {"call", finding.call}, {"got", finding.got}};
  if (finding.seq) result["seq"] = *finding.seq;
  result["allowed"] = Json::array();
  for (const AllowedReport& one : finding.allowed)
    result["allowed"].push_back(to_json(one));
  result["history"] = Json::array();
  for (const HistoryLine& one : finding.history)
    result["history"].push_back({{"line", one.line}, {"event", one.text}});
  result["shortest"] = finding.shortest;
  result["shortest_is_minimal"] = finding.shortest_minimal;
  result["explained_by"] = Json::array();
  for (const ExplainedBy& one : finding.explained_by)
    result["explained_by"].push_back(
        {{"kind", one.kind}, {"text", one.text}, {"scope", one.scope}});
  result["blame"] = finding.blame ? Json(blame_name(*finding.blame)) : Json(nullptr);
  result["weakest_evidence"] =
      finding.weakest ? Json(evidence_name(*finding.weakest)) : Json(nullptr);
  if (finding.window) result["window"] = to_json(*finding.window);
  result["after_first_divergence"] = finding.after_first;
  result["exact"] = finding.exact;
  result["source"] = finding.source;
  return result;
}

Json to_json(const TraceReport& trace) {
  Json result{{"file", trace.file},
              {"verdict", verdict_name(trace.verdict)},
              {"reasons", trace.reasons},
              {"spec", trace.spec},
              {"kernel", trace.kernel},
              {"chosen_by", trace.chosen_by},
              {"lines", trace.lines},
              {"bad_lines", trace.bad_lines},
              {"read", trace.read},
              {"judged", trace.judged},
              {"non_events", trace.non_events},
              {"not_judged", trace.not_judged},
              {"violations", trace.violations}};
  result["params"] = Json::object();
  for (const auto& [name, value] : trace.params)
    result["params"][name] = value;
  result["findings"] = Json::array();
  for (const FindingReport& one : trace.findings)
    result["findings"].push_back(to_json(one));
  result["consistent_kernels"] = trace.survivors;
  result["ruled_out"] = Json::array();
  for (const RuledOutReport& one : trace.ruled_out)
    result["ruled_out"].push_back({{"kernel", one.kernel}, {"line", one.line}, {"why", one.why}});
  result["notes"] = trace.notes;
  if (trace.windows.windows != 0) {
    result["overlaps"] = {{"windows", trace.windows.windows},
                          {"events", trace.windows.events},
                          {"longest", trace.windows.longest},
                          {"orders", trace.windows.peak}};
    result["overlaps"]["raced"] = Json::array();
    for (const ClauseCoverage& one : trace.raced)
      result["overlaps"]["raced"].push_back(
          {{"action", one.action}, {"clause", one.label}, {"count", one.count}});
  }
  if (!trace.events.empty()) result["events"] = Json::array();
  for (const EventReport& one : trace.events)
    result["events"].push_back({{"line", one.line},
                                {"op", one.op},
                                {"explained", one.explained},
                                {"clauses", one.clauses}});
  return result;
}

}  // namespace

std::string render_json(const CheckReport& report) {
  Json result{{"schema", "gmemspec/check/1"}, {"exit_status", static_cast<int>(report.status())}};
  result["traces"] = Json::array();
  for (const TraceReport& trace : report.traces)
    result["traces"].push_back(to_json(trace));
  result["coverage"] = Json::array();
  for (const SpecCoverage& spec : report.coverage) {
    Json clauses = Json::array();
    for (const ClauseCoverage& one : spec.clauses)
      clauses.push_back({{"action", one.action}, {"clause", one.label}, {"count", one.count}});
    result["coverage"].push_back({{"spec", spec.spec}, {"clauses", std::move(clauses)}});
  }
  return result.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace gms::check
