#include "flow/explore.h"

#include <unistd.h>

#include <algorithm>

#include "base/file_system.h"
#include "base/messages.h"
#include "base/progress.h"
#include "base/run_program.h"
#include "flow/explore_bounds.h"
#include "flow/explore_build.h"
#include "flow/explore_graph.h"
#include "flow/kernel_options.h"
#include "gen/backend/messages.h"
#include "ir/calls.h"

namespace gms::flow {
namespace {

namespace diag = gen::backend::diag;
using Verdict = ExploreVerdict;

constexpr unsigned kMostDefaultBits = 64;

/// Where a declaration stands, for remarks in the program.
std::string place(const base::SourceSet& sources, base::Span span) {
  if (!span.has_place()) return "";
  const base::SourceFile& file = sources.file(span.file);
  const std::string& name = file.name();
  const std::size_t slash = name.rfind('/');
  return name.substr(slash == std::string::npos ? 0 : slash + 1) + ':' +
         std::to_string(file.position(span.begin).line);
}

std::optional<check::Exhausted> run_explorer(const std::string& program,
                                             const ExploreOptions& options, const std::string& spec,
                                             base::DiagSink& sink) {
  std::vector<std::string> command{program, "--jobs=" + std::to_string(options.jobs),
                                   "--memory=" + std::to_string(options.memory)};
  if (options.deadlocks) command.emplace_back("--deadlocks");
  if (!options.graph.empty()) command.push_back("--graph=" + std::to_string(kMostGraphStates));
  if (base::Progress::standard_error().present) command.emplace_back("--progress");
  const auto result = base::run_program(command, base::ErrorOutput::kOurs);
  if (result && result->status == 0) {
    if (auto found = check::read_exhausted(result->output)) return found;
  }
  sink.report(diag::explorer_failed, {}, spec, result ? result->status : 127);
  return std::nullopt;
}

/// The verdicts of what was asked, in the order of the module; deadlocks last.
std::vector<ExploredProperty> verdicts(const Explored& e, bool deadlocks) {
  check::PackedShape shape;
  for (const gen::explore::Field& f : e.layout.fields) {
    shape.sizes.push_back(f.sizes);
    if (!f.kept) shape.sizes.back().push_back(0);
  }
  const bool complete = e.found.ending == check::ExhaustEnding::kComplete;
  std::vector<ExploredProperty> out;
  const auto judge = [&](std::uint32_t number, std::uint32_t property) {
    ExploredProperty p;
    p.property = property;
    const bool cover =
        property != ir::kNoId && e.module->properties[property].kind == ir::PropertyKind::kCover;
    const auto found = std::find_if(e.found.found.begin(), e.found.found.end(),
                                    [&](const auto& f) { return f.first == number; });
    if (found != e.found.found.end()) {
      p.verdict = cover ? Verdict::kReached : Verdict::kRefuted;
      p.run = check::replay_packed(*e.module, e.valuation, shape, e.bounds.at_start, property,
                                   found->second);
    } else if (number < e.found.undetermined.size() && e.found.undetermined[number]) {
      p.verdict = Verdict::kUndetermined;
    } else {
      p.verdict = !complete ? Verdict::kOpen : cover ? Verdict::kNotReached : Verdict::kHolds;
    }
    out.push_back(std::move(p));
  };
  for (std::uint32_t i = 0; i < e.layout.checked.size(); ++i)
    judge(i, e.layout.checked[i]);
  for (const auto& [property, why] : e.layout.unchecked) {
    out.emplace_back();
    out.back().property = property;
    out.back().verdict = Verdict::kUnchecked;
    out.back().why = why;
  }
  std::stable_sort(
      out.begin(), out.end(),
      [](const ExploredProperty& a, const ExploredProperty& b) { return a.property < b.property; });
  if (deadlocks) judge(static_cast<std::uint32_t>(e.layout.checked.size()), ir::kNoId);
  return out;
}

}  // namespace

base::ExitStatus Explored::status() const {
  bool refuted = false, unknown = !disagreement().empty(), looked = properties.empty();
  for (const ExploredProperty& p : properties) {
    const bool expected = p.property != ir::kNoId && module->properties[p.property].expect_refuted;
    refuted = refuted || (p.verdict == Verdict::kRefuted && !expected);
    unknown = unknown || p.verdict == Verdict::kUndetermined || p.verdict == Verdict::kOpen ||
              (p.verdict == Verdict::kUnchecked && asked_by_name);
    looked = looked || p.verdict != Verdict::kUnchecked;
  }
  if (!disagreement().empty()) return base::ExitStatus::kUnknown;
  if (refuted) return base::ExitStatus::kFinding;
  if (unknown || !looked || found.ending == check::ExhaustEnding::kMemory)
    return base::ExitStatus::kUnknown;
  return base::ExitStatus::kOk;
}

std::string Explored::disagreement() const {
  for (const ExploredProperty& p : properties)
    if (p.run && !p.run->difference.empty()) return p.run->difference;
  return "";
}

namespace {

/// Sets the module, in the reading that is asked for. False after a report.
bool read_module(Explored& to, const ExploreOptions& options, base::DiagSink& sink) {
  if (!options.stepwise) {
    const LoadedSpec* spec = to.store->load(options.spec);
    if (spec == nullptr) return false;
    to.module = &spec->module;
    return true;
  }
  const std::optional<ir::Module> module = to.store->module(options.spec);
  if (!module) return false;
  std::optional<ir::Stepwise> stepwise = ir::checked_stepwise(*module, sink);
  if (!stepwise) return false;
  to.stepwise = std::make_unique<ir::Stepwise>(std::move(*stepwise));
  to.stepwise->module.properties.resize(to.stepwise->first_candidate);
  to.module = &to.stepwise->module;
  return true;
}

}  // namespace

std::optional<Explored> explore_spec(const ExploreOptions& options,
                                     std::span<const RuntimeFile> runtime, base::SourceSet& sources,
                                     base::DiagSink& sink) {
  Explored out;
  out.store = std::make_unique<SpecStore>(sources, sink);
  if (!read_module(out, options, sink)) return std::nullopt;
  const auto fixed =
      fixed_parameters(options.spec, options.params, options.quirks, *out.module, sink);
  if (!fixed) return std::nullopt;
  out.valuation = check::default_valuation(*out.module);
  for (const auto& [param, value] : *fixed)
    out.valuation[param] = value;
  // Two objects of each kind, if a state is small with that, else one.
  auto bounds = explore_bounds(options, *out.module, out.valuation, 2, sink);
  if (!bounds) return std::nullopt;
  const gen::explore::Layout layout = gen::explore::make_layout(*out.module, *bounds);
  if (layout.bits > kMostDefaultBits || !layout.problems.empty())
    bounds = explore_bounds(options, *out.module, out.valuation, 1, sink);
  out.bounds = std::move(*bounds);
  if (out.stepwise) {
    out.bounds.calls = ir::call_domain(*out.module);
    for (ir::ActionId a = 0; a < out.module->actions.size(); ++a)
      out.bounds.goes_on.push_back(out.stepwise->place_of_action[a] != 0);
  }
  out.asked_by_name = !options.properties.empty();
  gen::explore::Emitted emitted = gen::explore::emit(
      *out.module, out.bounds, [&](base::Span span) { return place(sources, span); });
  if (!emitted.problems.empty()) {
    for (const std::string& problem : emitted.problems)
      sink.report(diag::not_explorable, {}, out.module->name, problem);
    return std::nullopt;
  }
  out.layout = std::move(emitted.layout);
  out.reasons = std::move(emitted.reasons);
  if (!options.emit.empty()) {
    if (const auto why = base::write_file(options.emit, emitted.text)) {
      sink.report(base::diag::unwritable_file, {}, options.emit, *why);
      return std::nullopt;
    }
  }
  const auto built = build_explorer(out.module->name, emitted.text, runtime, options.compiler,
                                    options.optimize, sink);
  if (!built) return std::nullopt;
  out.cached = built->cached;
  out.compile_seconds = built->seconds;
  auto found = run_explorer(built->program, options, out.module->name, sink);
  if (!found) return std::nullopt;
  out.found = std::move(*found);
  out.properties = verdicts(out, options.deadlocks);
  if (!options.graph.empty() && !write_graph(options.graph, out, sink)) return std::nullopt;
  return out;
}

}  // namespace gms::flow
