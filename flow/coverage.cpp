#include "flow/coverage.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/conform/messages.h"
#include "checker/vectors/observe.h"
#include "flow/kernel_options.h"
#include "flow/places.h"
#include "flow/spec_store.h"
#include "flow/vector_file.h"

namespace gms::flow {
namespace {

constexpr check::Criterion kCriteria[] = {check::Criterion::kClause, check::Criterion::kCondition,
                                          check::Criterion::kBoundary, check::Criterion::kPair};

/// Judges the traces, and lets the observation see those that conform. How many these are.
std::size_t observe(const CoverageOptions& options, const std::vector<std::string>& files,
                    check::Observation& seen, base::SourceSet& sources, base::DiagSink& sink) {
  if (files.empty()) return 0;
  CheckOptions judging;
  judging.traces = files;
  judging.spec = options.spec;
  judging.params = options.params;
  judging.quirks = options.quirks;
  judging.explain = false;
  std::vector<std::string> conforming;
  for (const check::TraceReport& trace : check_traces(judging, sources, sink).traces)
    if (trace.verdict == check::Verdict::kConforms) conforming.push_back(trace.file);
  if (conforming.empty()) return 0;
  judging.traces = conforming;
  judging.watch = [&](const ir::Module&) { return seen.engines(); };
  check_traces(judging, sources, sink);
  return conforming.size();
}

base::Span place_of(const ir::Module& m, const check::Probed& probed,
                    const check::Requirement& one) {
  if (one.probe != ir::kNoId) return m.exprs[probed.probes[one.probe].condition].span;
  return one.clause != ir::kNoId ? m.clauses[one.clause].span : base::Span{};
}

}  // namespace

std::optional<CoverageReport> measure_coverage(const CoverageOptions& options,
                                               base::SourceSet& sources, base::DiagSink& sink) {
  SpecStore store(sources, sink);
  const LoadedSpec* spec = store.load(options.spec);
  if (spec == nullptr) return std::nullopt;
  if (!kernel_choice(options.spec, options.params, options.quirks, sink)) return std::nullopt;
  const ir::Module& m = spec->module;
  CoverageReport report;
  report.spec = m.name;
  const std::vector<std::string> files = vector_files(options.traces);
  const std::vector<std::string> more = vector_files(options.vectors);
  report.traces = files.size();
  report.vectors = more.size();
  check::Observation seen(m), added(m);
  report.conforming = observe(options, files, seen, sources, sink);
  if (sink.has_errors() && report.conforming == 0) return std::nullopt;
  observe(options, more, added, sources, sink);

  for (const check::Criterion criterion : kCriteria)
    report.counts.push_back({std::string(check::criterion_name(criterion)), 0, 0, 0});
  for (std::size_t r = 0; r < seen.requirements().size(); ++r) {
    const check::Requirement& one = seen.requirements()[r];
    CoverageItem item;
    item.criterion = check::criterion_name(one.criterion);
    item.text = check::requirement_text(m, seen.probed(), {}, one,
                                        [&](base::Span span) { return place_text(sources, span); });
    item.count = seen.counts()[r];
    item.added = item.count == 0 && added.counts()[r] != 0;
    item.place = place_of(m, seen.probed(), one);
    CoverageCount& count =
        *std::find_if(report.counts.begin(), report.counts.end(),
                      [&](const auto& c) { return c.criterion == item.criterion; });
    ++count.all;
    count.shown += item.count != 0;
    count.added += item.added;
    report.items.push_back(std::move(item));
  }
  for (ir::ActionId a = 0; a < m.actions.size(); ++a)
    if (seen.calls()[a] == 0) report.uncalled.push_back(m.actions[a].name);
  for (const ir::Property& property : m.properties) {
    if (property.kind != ir::PropertyKind::kTwoState || property.actions.empty()) continue;
    if (std::all_of(property.actions.begin(), property.actions.end(),
                    [&](ir::ActionId a) { return seen.calls()[a] == 0; }))
      report.untested.push_back(property.name);
  }
  return report;
}

}  // namespace gms::flow
