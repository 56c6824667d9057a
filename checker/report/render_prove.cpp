#include "checker/report/render_prove.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace gms::check {
namespace {

using base::Style;
using base::Tone;
using ir::PropertyKind;

const char* text_of(Verdict v) {
  switch (v) {
    case Verdict::kProved: return "proved";
    case Verdict::kRefuted: return "refuted";
    case Verdict::kUnknown: return "unknown";
  }
  return "";
}

const char* text_of(PropertyKind k) {
  switch (k) {
    case PropertyKind::kInvariant: return "invariant";
    case PropertyKind::kLemma: return "lemma";
    case PropertyKind::kTwoState: return "property";
    case PropertyKind::kLaw: return "law";
    case PropertyKind::kCover: return "cover";
  }
  return "";
}

const char* text_of(Answer a) {
  switch (a) {
    case Answer::kSat: return "sat";
    case Answer::kUnsat: return "unsat";
    case Answer::kUnknown: return "unknown";
  }
  return "";
}

/// A cover is found or not, the others hold or do not.
std::string verdict_word(const ir::Property& p, Verdict v) {
  if (p.kind != PropertyKind::kCover) return text_of(v);
  return v == Verdict::kProved ? "possible" : v == Verdict::kRefuted ? "impossible" : "unknown";
}

std::string uses(const ProveReport& report, const PropertyVerdict& v, const std::string& self) {
  std::set<std::string> used;
  for (const std::size_t i : v.obligations)
    for (const std::string& u : report.obligations[i].used)
      if (u != self) used.insert(u);
  std::string out;
  for (const std::string& u : used)
    out += (out.empty() ? "" : ", ") + u;
  return out;
}

void property_lines(std::string& out, const ir::Module& m, const ProveReport& report,
                    const PropertyVerdict& v, const Style& style) {
  const ir::Property& p = m.properties[v.property];
  const Tone tone = !v.as_expected
                        ? (v.verdict == Verdict::kUnknown ? Tone::kWarning : Tone::kError)
                        : Tone::kGood;
  out += fmt::format("  {:<9} {:<34} {}", text_of(p.kind), p.name,
                     style.paint(tone, verdict_word(p, v.verdict)));
  const std::size_t steps = v.obligations.size();
  if (p.kind != PropertyKind::kCover)
    out += fmt::format("  ({} {}{})", steps, steps == 1 ? "query" : "queries",
                       v.by_frame > 0 ? fmt::format(", {} untouched", v.by_frame) : "");
  if (p.expect_refuted)
    out += fmt::format("\n            {}: {}",
                       v.as_expected ? "as expected" : "expected to be refuted", p.reason);
  out += '\n';
  if (v.verdict == Verdict::kProved) {
    const std::string with = uses(report, v, p.name);
    if (!with.empty()) out += style.paint(Tone::kFaint, "            uses " + with) + "\n";
    return;
  }
  std::size_t shown = 0;
  for (const std::size_t i : v.obligations) {
    const Obligation& o = report.obligations[i];
    if (o.verdict == Verdict::kProved || p.kind == PropertyKind::kCover) continue;
    if (++shown > 4) continue;
    out += fmt::format("            {}: {}{}\n", o.name, text_of(o.verdict),
                       o.reason.empty() ? "" : " (" + o.reason + ")");
  }
  if (shown > 4) out += fmt::format("            and {} more\n", shown - 4);
}

struct Timing {
  double median = 0, slowest = 0;
};
Timing timing(const ProveReport& report) {
  std::vector<double> seconds;
  for (const Obligation& o : report.obligations)
    seconds.push_back(o.seconds);
  if (seconds.empty()) return {};
  std::sort(seconds.begin(), seconds.end());
  return {seconds[seconds.size() / 2], seconds.back()};
}

}  // namespace

int exit_status(const ProveReport& report) {
  bool unknown = !report.errors.empty(), wrong = !report.disagreements.empty();
  for (const PropertyVerdict& v : report.properties) {
    if (v.as_expected) continue;
    (v.verdict == Verdict::kUnknown ? unknown : wrong) = true;
  }
  for (const Obligation& o : report.obligations)
    if (o.kind == ObligationKind::kFires && o.verdict == Verdict::kUnknown) unknown = true;
  return wrong ? 1 : unknown ? 3 : 0;
}

std::string render_text(const ir::Module& m, const ProveReport& report, const ProveHeading& heading,
                        const Style& style) {
  std::string solvers;
  for (const std::string& s : heading.solvers)
    solvers += (solvers.empty() ? "" : ", ") + s;
  std::string out =
      fmt::format("{}: {}\nThese are verdicts about the spec, not about a kernel. ({})\n\n",
                  style.paint(Tone::kStrong, heading.spec), heading.scope, solvers);
  std::size_t expected = 0;
  for (const PropertyVerdict& v : report.properties) {
    property_lines(out, m, report, v, style);
    expected += v.as_expected;
  }
  const bool clauses_asked =
      std::any_of(report.obligations.begin(), report.obligations.end(),
                  [](const Obligation& o) { return o.kind == ObligationKind::kFires; });
  out += fmt::format("\n{} of {} properties as expected", expected, report.properties.size());
  if (clauses_asked) {
    out += fmt::format("; {} of {} clauses can fire", m.clauses.size() - report.dead_clauses.size(),
                       m.clauses.size());
    for (const ir::ClauseId c : report.dead_clauses) {
      const ir::Clause& clause = m.clauses[c];
      out += fmt::format(
          "\n  never: {}@{}",
          clause.proc != ir::kNoId ? m.procs[clause.proc].name : m.actions[clause.action].name,
          clause.label);
    }
  }
  for (const std::string& d : report.disagreements)
    out += style.paint(Tone::kError, "\nthe solvers disagree: ") + d;
  for (const std::string& e : report.errors)
    out += style.paint(Tone::kError, "\ncannot be encoded: ") + e;
  const Timing t = timing(report);
  out += fmt::format("\n{} queries in {:.1f} s; median {:.0f} ms, slowest {:.2f} s\n",
                     report.obligations.size(), report.seconds, 1000 * t.median, t.slowest);
  return out;
}

std::string render_json(const ir::Module& m, const ProveReport& report,
                        const ProveHeading& heading) {
  using nlohmann::ordered_json;
  ordered_json out;
  out["tool"] = "gmemspec prove";
  out["spec"] = heading.spec;
  out["scope"] = heading.scope;
  out["solvers"] = heading.solvers;
  out["inductive_set"] = report.inductive_set;
  out["properties"] = ordered_json::array();
  for (const PropertyVerdict& v : report.properties) {
    const ir::Property& p = m.properties[v.property];
    ordered_json one{{"name", p.name},
                     {"kind", text_of(p.kind)},
                     {"verdict", text_of(v.verdict)},
                     {"expected", p.expect_refuted ? "refuted" : "proved"},
                     {"as_expected", v.as_expected},
                     {"untouched", v.by_frame}};
    if (!v.reason.empty()) one["reason"] = v.reason;
    out["properties"].push_back(std::move(one));
  }
  out["obligations"] = ordered_json::array();
  for (const Obligation& o : report.obligations) {
    ordered_json one{{"name", o.name},
                     {"verdict", text_of(o.verdict)},
                     {"seconds", o.seconds},
                     {"in_fragment", o.complete},
                     {"uses", o.used}};
    for (const auto& [solver, answer] : o.answers)
      one["answers"][solver] = text_of(answer);
    if (!o.reason.empty()) one["reason"] = o.reason;
    out["obligations"].push_back(std::move(one));
  }
  out["disagreements"] = report.disagreements;
  out["errors"] = report.errors;
  out["seconds"] = report.seconds;
  return out.dump(2) + "\n";
}

}  // namespace gms::check
