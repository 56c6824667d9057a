#include "flow/render_mutate.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace gms::flow {
namespace {

using base::Tone;

struct Counts {
  std::size_t mutants = 0, equivalent = 0, traces = 0, proofs = 0, together = 0;

  void add(const Mutant& m) {
    ++mutants;
    equivalent += m.equivalent ? 1 : 0;
    traces += m.killed_by_trace() ? 1 : 0;
    proofs += m.killed_by_proof() ? 1 : 0;
    together += m.killed() ? 1 : 0;
  }
  /// What can be noticed at all.
  std::size_t counted() const { return mutants - equivalent; }
  std::size_t survivors() const { return counted() - together; }
};

std::string rate(std::size_t killed, const Counts& c) {
  if (c.counted() == 0) return "-";
  return fmt::format("{} ({:.0f}%)", killed,
                     100.0 * static_cast<double>(killed) / static_cast<double>(c.counted()));
}

std::string row(const std::string& name, const Counts& c, bool proofs) {
  return fmt::format("{:<20} {:>7} {:>10} {:>14} {:>14} {:>14} {:>9}\n", name, c.mutants,
                     c.equivalent, rate(c.traces, c), proofs ? rate(c.proofs, c) : "-",
                     rate(c.together, c), c.survivors());
}

std::string place_text(const ir::Mutation& m, const base::SourceSet& sources) {
  if (!m.span.has_place()) return "";
  const base::SourceFile& file = sources.file(m.span.file);
  const base::Position at = file.position(m.span.begin);
  return fmt::format("{}:{}:{}", file.name(), at.line, at.column);
}

std::string line_text(const ir::Mutation& m, const base::SourceSet& sources) {
  if (!m.span.has_place()) return "";
  const std::string_view line = sources.file(m.span.file).line_at(m.span.begin);
  const std::size_t begin = line.find_first_not_of(" \t");
  return begin == std::string_view::npos ? "" : std::string(line.substr(begin));
}

const char* broken_text(Mutant::Broken broken) {
  switch (broken) {
    case Mutant::Broken::kNothing: break;
    case Mutant::Broken::kProperty: return "property";
    case Mutant::Broken::kCover: return "cover";
    case Mutant::Broken::kExit: return "dead exit";
  }
  return "";
}

std::string killer_text(const Mutant& m) {
  std::string out;
  if (m.trace) {
    out = m.trace->line == 0 ? m.trace->file
                             : fmt::format("{}:{} ({})", m.trace->file, m.trace->line, m.trace->op);
    if (!m.version.empty()) out += " as " + m.version;
  }
  if (m.killed_by_proof())
    out += fmt::format("{}{} {} {} {}", out.empty() ? "" : "; ", broken_text(m.broken), m.claim,
                       m.broken == Mutant::Broken::kExit ? "of" : "on", m.action);
  return out;
}

Counts total_of(const MutateReport& report) {
  Counts all;
  for (const Mutant& m : report.mutants)
    all.add(m);
  return all;
}

}  // namespace

std::string render_text(const MutateReport& report, const base::SourceSet& sources,
                        base::Style style, bool details) {
  const Counts all = total_of(report);
  std::string out;
  for (const Mutant& m : report.mutants) {
    if (m.killed() || m.equivalent) continue;
    out += fmt::format("{} {}: {} ({})\n    {}\n", style.paint(Tone::kWarning, "survived"),
                       m.mutation.place, m.mutation.what, place_text(m.mutation, sources),
                       line_text(m.mutation, sources));
  }
  if (details) {
    for (const Mutant& m : report.mutants)
      if (m.killed())
        out += fmt::format("noticed {}: {} ({}): {}\n", m.mutation.place, m.mutation.what,
                           place_text(m.mutation, sources), killer_text(m));
    for (const Mutant& m : report.mutants)
      if (m.equivalent)
        out += fmt::format("equivalent {}: {} ({})\n", m.mutation.place, m.mutation.what,
                           place_text(m.mutation, sources));
  }
  if (!out.empty()) out += '\n';
  out += fmt::format("{:<20} {:>7} {:>10} {:>14} {:>14} {:>14} {:>9}\n", "change", "mutants",
                     "equivalent", "by traces", "by proofs", "together", "survivors");
  for (int k = 0; k < ir::kMutationKinds; ++k) {
    const auto kind = static_cast<ir::MutationKind>(k);
    Counts c;
    for (const Mutant& m : report.mutants)
      if (m.mutation.kind == kind) c.add(m);
    if (c.mutants != 0) out += row(ir::name_of(kind), c, report.proofs);
  }
  out += row("all", all, report.proofs);
  std::string sample = all.mutants == report.sites
                           ? "all of them"
                           : fmt::format("a sample of {}, seed {}", report.sites, report.seed);
  out += fmt::format("\n{}: {} mutants ({}), {} traces", report.spec, all.mutants, sample,
                     report.traces);
  if (report.traces_unused != 0)
    out += fmt::format(" ({} more, without events or not conforming, are not used)",
                       report.traces_unused);
  out += fmt::format("; rates are of {} that are not proved equivalent\n", all.counted());
  return out;
}

std::string render_json(const MutateReport& report, const base::SourceSet& sources) {
  using nlohmann::json;
  const auto counts = [](const Counts& c) {
    return json{{"mutants", c.mutants},   {"equivalent", c.equivalent},
                {"by_traces", c.traces},  {"by_proofs", c.proofs},
                {"together", c.together}, {"survivors", c.survivors()}};
  };
  json mutants = json::array();
  for (const Mutant& m : report.mutants) {
    json one{{"change", ir::name_of(m.mutation.kind)},
             {"in", m.mutation.place},
             {"what", m.mutation.what},
             {"place", place_text(m.mutation, sources)},
             {"text", line_text(m.mutation, sources)},
             {"status", m.killed()     ? "noticed"
                        : m.equivalent ? "equivalent"
                                       : "survived"}};
    if (m.trace)
      one["trace"] = json{{"file", m.trace->file},
                          {"line", m.trace->line},
                          {"op", m.trace->op},
                          {"spec", m.version.empty() ? report.spec : m.version}};
    if (m.killed_by_proof())
      one["proof"] =
          json{{"kind", broken_text(m.broken)}, {"claim", m.claim}, {"action", m.action}};
    mutants.push_back(std::move(one));
  }
  json out{{"spec", report.spec},
           {"seed", report.seed},
           {"sites", report.sites},
           {"traces", report.traces},
           {"traces_unused", report.traces_unused},
           {"proofs", report.proofs},
           {"total", counts(total_of(report))},
           {"mutants", std::move(mutants)}};
  return out.dump(2) + "\n";
}

}  // namespace gms::flow
