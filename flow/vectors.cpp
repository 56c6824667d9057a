#include "flow/vectors.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/file_system.h"
#include "base/progress.h"
#include "checker/conform/messages.h"
#include "checker/explore/evidence.h"
#include "checker/vectors/generate.h"
#include "flow/kernel_options.h"
#include "flow/places.h"
#include "flow/spec_store.h"
#include "flow/trace_text.h"
#include "flow/vector_text.h"
#include "ir/type.h"

namespace gms::flow {
namespace {

using Json = nlohmann::ordered_json;

constexpr check::Criterion kCriteria[] = {check::Criterion::kClause,   check::Criterion::kCondition,
                                          check::Criterion::kBoundary, check::Criterion::kPair,
                                          check::Criterion::kPremise,  check::Criterion::kMutation};

bool criteria_of(const std::vector<std::string>& names, std::vector<check::Criterion>& out,
                 base::DiagSink& sink) {
  out.clear();
  for (const check::Criterion criterion : kCriteria)
    if (names.empty() ||
        std::find(names.begin(), names.end(), check::criterion_name(criterion)) != names.end())
      out.push_back(criterion);
  for (const std::string& name : names) {
    if (std::any_of(std::begin(kCriteria), std::end(kCriteria),
                    [&](check::Criterion one) { return check::criterion_name(one) == name; }))
      continue;
    sink.report(check::diag::bad_option, {}, "--cover", name,
                "clause, condition, boundary, pair, premise or mutation");
    return false;
  }
  return true;
}

}  // namespace

std::optional<VectorsReport> make_vectors(const VectorsOptions& options, base::SourceSet& sources,
                                          base::DiagSink& sink) {
  SpecStore store(sources, sink);
  const LoadedSpec* spec = store.load(options.spec);
  if (spec == nullptr) return std::nullopt;
  const ir::Module& m = spec->module;
  check::VectorOptions making;
  making.seed = options.seed;
  making.max_calls = options.calls;
  making.proofs = options.proofs;
  making.not_given.assign(std::begin(kFaults), std::end(kFaults));
  if (!criteria_of(options.criteria, making.criteria, sink)) return std::nullopt;
  auto fixed = fixed_parameters(options.spec, options.params, options.quirks, m, sink);
  if (!fixed) return std::nullopt;
  for (ir::ParamId p = 0; p < m.params.size(); ++p)
    if (std::find(std::begin(kFaults), std::end(kFaults), m.params[p].name) != std::end(kFaults))
      fixed->try_emplace(p, m.params[p].default_value);
  making.valuations = check::valuations_in_scope(m, *fixed);
  base::Progress progress("making vectors for " + m.name);
  making.progress = [&](const std::string& what) { progress.advance(1, what); };
  check::VectorSet set = check::make_vectors(m, making);

  VectorsReport report;
  report.spec = m.name;
  report.seed = options.seed;
  report.bound = fmt::format("{} calls in {} states, seed {}", set.bound.calls, set.bound.states,
                             set.bound.seed);
  const auto text_of = [&](std::uint32_t r) {
    return check::requirement_text(m, set.probed, set.mutations, set.requirements[r],
                                   [&](base::Span span) { return place_text(sources, span); });
  };
  for (const check::Criterion criterion : making.criteria) {
    CriterionCount count{std::string(check::criterion_name(criterion)), 0, 0, 0};
    for (std::uint32_t r = 0; r < set.requirements.size(); ++r) {
      if (set.requirements[r].criterion != criterion) continue;
      switch (set.shown[r]) {
        case check::Shown::kYes: ++count.shown; break;
        case check::Shown::kImpossible:
          ++count.impossible;
          report.impossible.push_back(text_of(r));
          break;
        case check::Shown::kNotFound:
          ++count.not_found;
          report.not_found.push_back(text_of(r));
          break;
      }
    }
    report.criteria.push_back(std::move(count));
  }
  if (!options.folder.empty()) {
    if (const auto failed = base::make_folder(options.folder)) {
      sink.report(check::diag::bad_option, {}, "--output", options.folder, *failed);
      return std::nullopt;
    }
  }
  for (std::size_t v = 0; v < set.vectors.size(); ++v) {
    const check::TestVector& vector = set.vectors[v];
    VectorSummary summary{vector.name, fmt::format("{:04}-{}.jsonl", v + 1, vector.name), {}, {}};
    for (const check::VectorLine& line : vector.lines)
      if (!line.event.is_null()) summary.calls.push_back(call_text(line.event));
    for (const std::uint32_t r : vector.shows)
      summary.shows.push_back(text_of(r));
    if (!options.folder.empty()) {
      const std::string path = options.folder + '/' + summary.file;
      if (const auto failed = base::write_file(path, vector_text(m, vector, summary.shows))) {
        sink.report(check::diag::bad_option, {}, "--output", path, *failed);
        return std::nullopt;
      }
    }
    report.vectors.push_back(std::move(summary));
  }
  return report;
}

base::ExitStatus VectorsReport::status() const {
  for (const CriterionCount& one : criteria)
    if (one.not_found != 0 && one.criterion != check::criterion_name(check::Criterion::kPair) &&
        one.criterion != check::criterion_name(check::Criterion::kPremise) &&
        one.criterion != check::criterion_name(check::Criterion::kMutation))
      return base::ExitStatus::kUnknown;
  return base::ExitStatus::kOk;
}

std::string render_text(const VectorsReport& report, bool details) {
  std::size_t calls = 0;
  for (const VectorSummary& vector : report.vectors)
    calls += vector.calls.size();
  std::string out =
      fmt::format("{}: {} vectors, {} calls\n", report.spec, report.vectors.size(), calls);
  out += fmt::format("  {:<10} {:>6} {:>11} {:>10}\n", "criterion", "shown", "impossible",
                     "not found");
  for (const CriterionCount& one : report.criteria)
    out += fmt::format("  {:<10} {:>6} {:>11} {:>10}\n", one.criterion, one.shown, one.impossible,
                       one.not_found);
  if (details) {
    for (const VectorSummary& vector : report.vectors) {
      out += fmt::format("\n{}\n", vector.name);
      for (const std::string& call : vector.calls)
        out += fmt::format("  {}\n", call);
      for (const std::string& shown : vector.shows)
        out += fmt::format("    {}\n", shown);
    }
    if (!report.impossible.empty()) out += "\nproved to be impossible:\n";
    for (const std::string& one : report.impossible)
      out += fmt::format("  {}\n", one);
    if (!report.not_found.empty()) out += fmt::format("\nnot found in {}:\n", report.bound);
    for (const std::string& one : report.not_found)
      out += fmt::format("  {}\n", one);
  }
  return out;
}

std::string render_json(const VectorsReport& report) {
  Json out{{"spec", report.spec}, {"seed", report.seed}, {"searched", report.bound}};
  out["criteria"] = Json::array();
  for (const CriterionCount& one : report.criteria)
    out["criteria"].push_back({{"criterion", one.criterion},
                               {"shown", one.shown},
                               {"impossible", one.impossible},
                               {"not_found", one.not_found}});
  out["vectors"] = Json::array();
  for (const VectorSummary& one : report.vectors)
    out["vectors"].push_back(
        {{"name", one.name}, {"file", one.file}, {"calls", one.calls}, {"shows", one.shows}});
  out["impossible"] = report.impossible;
  out["not_found"] = report.not_found;
  return out.dump(2) + '\n';
}

}  // namespace gms::flow
