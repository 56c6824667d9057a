#include <nlohmann/json.hpp>

#include "checker/report/render_prove.h"

namespace gms::check {
namespace {

using nlohmann::ordered_json;

ordered_json run_json(const RunReport& run) {
  ordered_json out{
      {"params", run.params}, {"length", run.length}, {"unit", run.unit}, {"calls", run.calls}};
  if (!run.breach.empty()) out["breach"] = run.breach;
  return out;
}

ordered_json property_json(const PropertyReport& p, bool times) {
  ordered_json out{{"name", p.name},
                   {"kind", p.kind},
                   {"verdict", p.verdict_word()},
                   {"expected", p.expect_refuted ? "refuted"
                                : p.is_cover     ? "reached"
                                                 : "proved"},
                   {"as_expected", p.as_expected},
                   {"queries", p.queries},
                   {"untouched", p.untouched},
                   {"in_fragment", p.in_fragment},
                   {"uses", p.uses}};
  if (times) out["seconds"] = p.seconds;
  if (!p.expectation.empty()) out["expectation"] = p.expectation;
  if (!p.reason.empty()) out["reason"] = p.reason;
  if (!p.open.empty()) out["open"] = p.open;
  if (p.run) out["run"] = run_json(*p.run);
  if (!p.step.empty()) out["step"] = {{"obligation", p.step}, {"text", p.step_text}};
  if (!p.bound.empty()) out["bound"] = p.bound;
  return out;
}

ordered_json obligation_json(const ObligationReport& o, bool times) {
  ordered_json out{{"name", o.name},
                   {"verdict", verdict_text(o.verdict)},
                   {"in_fragment", o.in_fragment},
                   {"uses", o.uses}};
  if (times) out["seconds"] = o.seconds;
  for (const auto& [solver, answer] : o.answers)
    out["answers"][solver] = answer;
  if (!o.reason.empty()) out["reason"] = o.reason;
  return out;
}

}  // namespace

std::string render_json(const ProofsReport& report, const ProveRendering& how) {
  const ProveHeading& h = report.heading;
  ordered_json out{{"schema", "gmemspec/prove/1"},
                   {"exit_status", static_cast<int>(report.status())},
                   {"spec", h.spec},
                   {"hash", h.hash},
                   {"params", ordered_json::object()},
                   {"scope", h.scope},
                   {"solvers", h.solvers},
                   {"inductive_set", report.inductive_set}};
  for (const auto& [name, value] : h.params)
    out["params"][name] = value;
  out["properties"] = ordered_json::array();
  for (const PropertyReport& p : report.properties)
    out["properties"].push_back(property_json(p, how.times));
  out["clauses"] = ordered_json::array();
  for (const ClauseReport& c : report.clauses) {
    ordered_json one{
        {"action", c.action}, {"clause", c.label}, {"reachable", reachable_text(c.reachable)}};
    if (c.run) one["run"] = run_json(*c.run);
    out["clauses"].push_back(std::move(one));
  }
  out["obligations"] = ordered_json::array();
  for (const ObligationReport& o : report.obligations)
    out["obligations"].push_back(obligation_json(o, how.times));
  out["contradictions"] = report.contradictions;
  out["errors"] = report.errors;
  if (report.ends > 0) {
    out["atomicity"] = {{"ends", report.ends}, {"no_order", ordered_json::array()}};
    for (const NoOrderReport& odd : report.no_order)
      out["atomicity"]["no_order"].push_back({{"first", odd.first},
                                              {"second", odd.second},
                                              {"results", odd.results},
                                              {"differs", odd.differs},
                                              {"run", run_json(odd.run)}});
  }
  if (report.waits)
    out["waits"] = {{"order", report.waits->order}, {"problems", report.waits->problems}};
  if (report.stuck) out["deadlock"] = run_json(*report.stuck);
  if (!report.broken_guesses.empty()) out["broken_facts"] = report.broken_guesses;
  if (report.searched) {
    out["search"] = {{"states", report.searched->states},
                     {"calls", report.searched->calls},
                     {"seed", report.searched->seed}};
    if (how.times) out["search"]["seconds"] = report.searched->seconds;
  }
  if (how.times) out["seconds"] = report.seconds;
  return out.dump(2) + "\n";
}

}  // namespace gms::check
