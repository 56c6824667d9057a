#include <nlohmann/json.hpp>

#include "checker/diff/report.h"

namespace gms::diff {
namespace {

using Json = nlohmann::ordered_json;

Json side(const SideHeading& s) {
  return {{"spec", s.name}, {"hash", s.hash}, {"revision", s.revision}, {"links", s.links}};
}

Json clauses(const std::vector<ClauseText>& all) {
  Json out = Json::array();
  for (const ClauseText& c : all)
    out.push_back({{"label", c.label},
                   {"function", c.function},
                   {"evidence", c.evidence},
                   {"place", c.place}});
  return out;
}

Json finding(const FindingText& f) {
  Json calls = Json::array();
  for (const CallText& c : f.calls)
    calls.push_back(
        {{"call", c.full}, {"old", c.old_ends}, {"new", c.new_ends}, {"cause", c.is_cause}});
  return {{"rule", f.rule},
          {"level", f.level},
          {"who", f.who},
          {"direction", f.direction},
          {"kind", f.kind},
          {"subject", f.subject},
          {"class", f.class_name},
          {"sentence", f.sentence},
          {"detail", f.detail},
          {"fingerprint", f.fingerprint},
          {"waived", f.waived},
          {"seen", f.seen},
          {"old_clauses", clauses(f.old_clauses)},
          {"new_clauses", clauses(f.new_clauses)},
          {"calls", calls},
          {"run", f.run}};
}

}  // namespace

std::string render_json(const DiffText& d, const Rendering& how) {
  Json params = Json::object();
  for (const auto& [name, value] : d.params)
    params[name] = value;
  Json findings = Json::array(), actions = Json::array(), properties = Json::array(),
       expectations = Json::array();
  for (const FindingText& f : d.findings)
    findings.push_back(finding(f));
  for (const DiffText::Action& a : d.actions)
    actions.push_back({{"name", a.name},
                       {"verdict", a.verdict},
                       {"reason", a.reason},
                       {"same_steps", a.same_steps}});
  for (const PropertyText& p : d.properties)
    properties.push_back({{"name", p.name},
                          {"change", p.change},
                          {"old", p.old_verdict},
                          {"new", p.new_verdict},
                          {"why", p.why},
                          {"run", p.run}});
  for (const ExpectationText& e : d.expectations)
    expectations.push_back({{"what", e.what}, {"why", e.why}, {"place", e.place}, {"met", e.met}});
  Json out{{"format", "gmemspec-diff"},
           {"version", 1},
           {"old", side(d.old)},
           {"new", side(d.now)},
           {"params", params},
           {"verdict", d.verdict},
           {"sentence", d.sentence},
           {"equivalent_besides", {{"sequential", d.sequential}, {"concurrent", d.concurrent}}},
           {"findings", findings},
           {"actions", actions},
           {"not_compared", d.not_compared},
           {"apart", d.apart},
           {"properties", properties},
           {"expectations", expectations},
           {"searched", {{"calls", d.calls}, {"states", d.states}, {"depth", d.depth}}},
           {"queries", d.queries}};
  if (d.steps > 0) out["searched"]["steps"] = d.steps;
  if (how.times) out["seconds"] = {{"searching", d.look_seconds}, {"proving", d.prove_seconds}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string render_sarif(const DiffText& d) {
  Json results = Json::array(), rules = Json::array();
  for (const FindingText& f : d.findings) {
    std::string message = f.sentence + (f.detail.empty() ? "" : ": " + f.detail);
    for (const CallText& c : f.calls)
      message += "\n" + c.call + (c.ended.empty() ? "" : " = " + c.ended);
    for (const std::string& one : f.run)
      message += "\n" + one;
    if (!f.calls.empty()) {
      for (const std::string& end : f.calls.back().old_ends)
        message += "\nold: " + end;
      for (const std::string& end : f.calls.back().new_ends)
        message += "\nnew: " + end;
    }
    Json result{{"ruleId", f.rule},
                {"level", f.level == "break"  ? "error"
                          : f.level == "risk" ? "warning"
                                              : "note"},
                {"message", {{"text", message}}},
                {"partialFingerprints", {{"gmemspec/v1", f.fingerprint}}}};
    Json locations = Json::array();
    for (const ClauseText& c : f.new_clauses) {
      const std::size_t colon = c.place.rfind(':');
      if (colon == std::string::npos) continue;
      locations.push_back({{"physicalLocation",
                            {{"artifactLocation", {{"uri", c.place.substr(0, colon)}}},
                             {"region", {{"startLine", std::stoul(c.place.substr(colon + 1))}}}}}});
    }
    if (!locations.empty()) result["locations"] = locations;
    if (!f.waived.empty())
      result["suppressions"] =
          Json::array({Json{{"kind", "external"}, {"justification", f.waived}}});
    results.push_back(std::move(result));
  }
  for (const DiffText::Action& a : d.actions)
    if (a.verdict == "unknown")
      results.push_back({{"ruleId", "unknown"},
                         {"level", "warning"},
                         {"message", {{"text", a.name + ": " + a.reason}}}});
  for (const Rule& r : all_rules())
    rules.push_back({{"id", r.name}, {"fullDescription", {{"text", r.why}}}});
  rules.push_back({{"id", "unknown"},
                   {"fullDescription", {{"text", "Whether the call differs is not known."}}}});
  Json run{{"tool", {{"driver", {{"name", "gmemspec"}, {"rules", rules}}}}}, {"results", results}};
  Json sarif{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
  sarif["runs"] = Json::array({run});
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace gms::diff
