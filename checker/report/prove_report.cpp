#include "checker/report/prove_report.h"
#include "ir/walk.h"

#include <algorithm>
#include <set>

namespace gms::check {
namespace {

using ir::PropertyKind;

const char* kind_text(PropertyKind k) {
  switch (k) {
    case PropertyKind::kInvariant: return "invariant";
    case PropertyKind::kLemma: return "lemma";
    case PropertyKind::kTwoState: return "property";
    case PropertyKind::kLaw: return "law";
    case PropertyKind::kCover: return "cover";
  }
  return "";
}

const char* answer_text(Answer a) {
  switch (a) {
    case Answer::kSat: return "sat";
    case Answer::kUnsat: return "unsat";
    case Answer::kUnknown: return "unknown";
  }
  return "";
}

PropertyReport property_report(const ir::Module& m, const ProveReport& report,
                               const PropertyVerdict& v, const PropertyEvidence& e,
                               const RunWriter& write, const std::string& unit) {
  const ir::Property& p = m.properties[v.property];
  PropertyReport out;
  out.name = p.name;
  out.kind = kind_text(p.kind);
  out.is_cover = p.kind == PropertyKind::kCover;
  out.verdict = v.verdict;
  out.expect_refuted = p.expect_refuted;
  out.as_expected = v.as_expected;
  out.expectation = p.reason;
  out.reason = v.reason;
  out.queries = v.obligations.size();
  out.untouched = v.by_frame;
  std::set<std::string> uses;
  for (const std::size_t i : v.obligations) {
    const Obligation& o = report.obligations[i];
    out.seconds += o.seconds;
    out.in_fragment = out.in_fragment && o.complete;
    for (const std::string& u : o.used)
      if (u != p.name) uses.insert(u);
    if (o.verdict == Verdict::kProved || out.is_cover) continue;
    std::string line = o.name + ": " + verdict_text(o.verdict);
    if (!o.reason.empty()) line += " (" + o.reason + ')';
    out.open.push_back(std::move(line));
  }
  out.uses.assign(uses.begin(), uses.end());
  if (e.run) {
    out.run = run_report(m, *e.run, write, unit);
    out.run->breach = e.breach;
  }
  if (e.step) out.step = report.obligations[*e.step].name;
  out.step_text = e.step_text;
  if (!e.run && e.bound) out.bound = bound_text(*e.bound);
  return out;
}

}  // namespace

RunReport run_report(const ir::Module& m, const Run& run, const RunWriter& write,
                     const std::string& unit) {
  RunReport out;
  const std::string text = write(m, run);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    if (at == 0 && line.rfind("with ", 0) == 0)
      out.params = line.substr(5);
    else
      out.calls.push_back(std::move(line));
    at = end + 1;
  }
  out.length = run.calls.size() + std::max(run.left.size(), run.right.size());
  out.unit = unit;
  return out;
}

const char* verdict_text(check::Verdict v) {
  switch (v) {
    case Verdict::kProved: return "proved";
    case Verdict::kRefuted: return "refuted";
    case Verdict::kUnknown: return "unknown";
  }
  return "";
}

const char* reachable_text(Reachable r) {
  switch (r) {
    case Reachable::kRun: return "run";
    case Reachable::kSatisfiable: return "satisfiable";
    case Reachable::kDead: return "dead";
    case Reachable::kUnknown: return "unknown";
  }
  return "";
}

std::string PropertyReport::verdict_word() const {
  if (!is_cover) return verdict_text(verdict);
  switch (verdict) {
    case Verdict::kProved: return run ? "reached" : "possible";
    case Verdict::kRefuted: return "impossible";
    case Verdict::kUnknown: return "unknown";
  }
  return "";
}

std::size_t ProofsReport::as_expected() const {
  return static_cast<std::size_t>(std::count_if(properties.begin(), properties.end(),
                                                [](const auto& p) { return p.as_expected; }));
}

std::size_t ProofsReport::clauses_that(Reachable reachable) const {
  return static_cast<std::size_t>(
      std::count_if(clauses.begin(), clauses.end(),
                    [&](const ClauseReport& c) { return c.reachable == reachable; }));
}

base::ExitStatus ProofsReport::status() const {
  bool unknown = !errors.empty() || (properties.empty() && clauses.empty());
  bool wrong = stuck || !contradictions.empty() || clauses_that(Reachable::kDead) > 0;
  for (const PropertyReport& p : properties)
    if (!p.as_expected) (p.verdict == Verdict::kUnknown ? unknown : wrong) = true;
  unknown = unknown || clauses_that(Reachable::kUnknown) > 0;
  unknown = unknown || (waits && !waits->problems.empty());
  return wrong     ? base::ExitStatus::kFinding
         : unknown ? base::ExitStatus::kUnknown
                   : base::ExitStatus::kOk;
}

ProofsReport make_report(const ir::Module& m, const ProveReport& report, const Evidence& evidence,
                         ProveHeading heading, const RunWriter& write) {
  ProofsReport out;
  out.heading = std::move(heading);
  for (std::size_t i = 0; i < report.properties.size(); ++i)
    out.properties.push_back(property_report(m, report, report.properties[i],
                                             evidence.properties[i], write, out.heading.unit));
  const std::vector<bool> raced = ir::raced_clauses(m);
  for (ir::ClauseId c = 0; c < evidence.clauses.size(); ++c) {
    if (raced[c]) continue;
    const ir::Clause& clause = m.clauses[c];
    const ClauseEvidence& e = evidence.clauses[c];
    ClauseReport one;
    one.action =
        clause.proc != ir::kNoId ? m.procs[clause.proc].name : m.actions[clause.action].name;
    one.label = clause.label;
    one.reachable = e.reachable;
    if (e.run) one.run = run_report(m, *e.run, write, out.heading.unit);
    out.clauses.push_back(std::move(one));
  }
  for (const Obligation& o : report.obligations) {
    ObligationReport one{o.name, o.verdict, o.reason, o.seconds, o.complete, o.used, {}};
    for (const auto& [solver, answer] : o.answers)
      one.answers.emplace_back(solver, answer_text(answer));
    out.obligations.push_back(std::move(one));
  }
  out.inductive_set = report.inductive_set;
  out.contradictions = report.disagreements;
  out.errors = report.errors;
  out.seconds = report.seconds;
  out.searched = evidence.searched;
  return out;
}

}  // namespace gms::check
