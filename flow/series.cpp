#include "flow/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gms::flow {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : ", ") + word;
  return out.empty() ? "-" : out;
}

std::vector<std::string> properties(const diff::DiffText& text, const char* change) {
  std::vector<std::string> out;
  for (const diff::PropertyText& p : text.properties)
    if (p.change == change) out.push_back(p.name);
  return out;
}

}  // namespace

std::optional<std::vector<SeriesStep>> compare_series(const SeriesOptions& options,
                                                      base::SourceSet& sources,
                                                      base::DiagSink& sink) {
  std::vector<SeriesStep> steps;
  for (std::size_t i = 0; i + 1 < options.specs.size(); ++i) {
    DiffOptions one = options.each;
    one.old_spec = options.specs[i];
    one.new_spec = options.specs[i + 1];
    auto diffed = diff_specs(one, sources, sink);
    if (!diffed) return std::nullopt;
    SeriesStep step{one.old_spec, one.new_spec, std::move(*diffed), {}};
    for (const diff::ActionVerdict& a : step.diffed.report.actions)
      if (a.same != diff::Same::kText || !a.same_steps) step.changed.push_back(a.name);
    for (const std::string& name : step.diffed.report.not_compared)
      if (std::find(step.changed.begin(), step.changed.end(), name) == step.changed.end())
        step.changed.push_back(name);
    steps.push_back(std::move(step));
  }
  return steps;
}

std::string render_series(const std::vector<SeriesStep>& steps) {
  std::size_t width = 4;
  for (const SeriesStep& s : steps)
    width = std::max(width, s.to.size());
  std::string out = fmt::format("{:<{}}  {:<11} {:>5} {:>5} {:>10}  {}\n", "step", width, "verdict",
                                "break", "risk", "compatible", "besides");
  for (const SeriesStep& s : steps) {
    const diff::DiffText& t = s.diffed.text;
    out += fmt::format("{:<{}}  {:<11} {:>5} {:>5} {:>10}  {}\n", s.to, width, t.verdict,
                       t.count("break"), t.count("risk"), t.count("compatible"),
                       t.concurrent   ? "equivalent"
                       : t.sequential ? "equivalent if sequential"
                                      : "unknown");
  }
  for (const SeriesStep& s : steps) {
    const diff::DiffText& t = s.diffed.text;
    out += fmt::format("\n{} -> {}\n  calls touched: {}\n", s.from, s.to, joined(s.changed));
    for (const diff::FindingText& f : t.findings)
      out += fmt::format("  {}: {} {}{} [{}]\n", f.level, f.rule, f.subject,
                         f.class_name.empty() ? "" : " of " + f.class_name, f.fingerprint);
    if (!t.properties_asked) continue;
    out += fmt::format("  properties gained: {}; lost: {}\n", joined(properties(t, "gained")),
                       joined(properties(t, "lost")));
  }
  return out;
}

std::string render_series_json(const std::vector<SeriesStep>& steps) {
  using Json = nlohmann::ordered_json;
  Json rows = Json::array();
  for (const SeriesStep& s : steps) {
    const diff::DiffText& t = s.diffed.text;
    Json findings = Json::array();
    for (const diff::FindingText& f : t.findings)
      findings.push_back({{"level", f.level},
                          {"rule", f.rule},
                          {"subject", f.subject},
                          {"class", f.class_name},
                          {"fingerprint", f.fingerprint}});
    rows.push_back(
        {{"from", s.from},
         {"to", s.to},
         {"verdict", t.verdict},
         {"equivalent_besides", {{"sequential", t.sequential}, {"concurrent", t.concurrent}}},
         {"calls_touched", s.changed},
         {"findings", findings},
         {"gained", properties(t, "gained")},
         {"lost", properties(t, "lost")}});
  }
  Json out{{"format", "gmemspec-series"}, {"version", 1}, {"steps", rows}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace gms::flow
