#include "flow/prove.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>

#include <fmt/format.h>

#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/progress.h"
#include "checker/conform/valuation.h"
#include "checker/explore/evidence.h"
#include "checker/interleave/interleave.h"
#include "checker/interleave/lanes.h"
#include "checker/prove/messages.h"
#include "flow/kernel_options.h"
#include "ir/atomic.h"
#include "ir/text/print.h"
#include "ir/type.h"

namespace gms::flow {
namespace {

/// Of the module without its places in files.
std::string hash_of(const ir::Module& m) {
  return base::hex(base::fingerprint(ir::print(m, {.spans = false})));
}

/// Quirks only if they are on.
std::vector<std::pair<std::string, std::string>> parameters(
    const ir::Module& m, const std::map<ir::ParamId, std::uint64_t>& fixed) {
  std::vector<std::pair<std::string, std::string>> out;
  for (ir::ParamId p = 0; p < m.params.size(); ++p) {
    const ir::Param& param = m.params[p];
    const auto it = fixed.find(p);
    if (param.is_quirk) {
      if (it->second != 0) out.emplace_back("quirk " + param.name, "on");
    } else if (it == fixed.end() && param.type.kind != ir::TypeKind::kInt) {
      out.emplace_back(param.name, "every value");
    } else {
      const std::uint64_t value = it == fixed.end() ? param.default_value : it->second;
      out.emplace_back(param.name, ir::value_text(m, param.type, value));
    }
  }
  return out;
}

bool known_properties(const std::vector<std::string>& names, const ir::Module& m,
                      base::DiagSink& sink) {
  bool ok = true;
  for (const std::string& name : names) {
    if (std::any_of(m.properties.begin(), m.properties.end(),
                    [&](const ir::Property& p) { return p.name == name; }))
      continue;
    sink.report(check::diag::unknown_property, {}, m.name, name);
    ok = false;
  }
  return ok;
}

std::string file_name_of(std::string obligation) {
  for (char& c : obligation)
    if (c == '/' || c == ' ' || c == ';') c = c == '/' ? '.' : '_';
  return obligation + ".smt2";
}

/// Proves on this thread, and searches runs on another for so many seconds of CPU, if any.
/// `with_guesses` is `m` and maybe further lemmas.
std::optional<check::ExploreReport> prove_and_search(const ir::Module& with_guesses,
                                                     const ir::Module& m,
                                                     check::ProveOptions& options, double seconds,
                                                     check::ProveReport& proved) {
  std::future<check::ExploreReport> search;
  if (seconds > 0) {
    std::vector<check::Goal> goals;
    check::ExploreOptions exploring = check::beside_proofs(m, goals);
    exploring.seconds = seconds;
    exploring.valuations = check::valuations_in_scope(m, options.fixed);
    search = std::async(std::launch::async,
                        [&m, goals, exploring] { return check::explore(m, goals, exploring); });
  }
  base::Progress progress("proving " + m.name);
  options.progress = [&](const std::string& what) { progress.advance(1, what); };
  proved = check::prove(with_guesses, options);
  if (!search.valid()) return std::nullopt;
  while (search.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready)
    progress.advance(0, "all answers are there; searching runs");
  return search.get();
}

bool read_stepwise(Proofs& to, const std::string& spec, base::DiagSink& sink) {
  const std::optional<ir::Module> module = to.store->module(spec);
  if (!module) return false;
  std::optional<ir::Stepwise> stepwise = ir::checked_stepwise(*module, sink);
  if (!stepwise) return false;
  to.stepwise = std::make_unique<ir::Stepwise>(std::move(*stepwise));
  to.alone = std::make_unique<ir::Module>(ir::to_atomic(*module));
  to.module = &to.stepwise->module;
  return true;
}

bool is_named(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

/// Of the properties that are asked for. What is violated need not be asked of a solver.
check::Interleavings search_interleavings(Proofs& out, const ProveOptions& options,
                                          check::ProveOptions& prove) {
  const ir::Module& m = *out.module;
  std::vector<std::uint32_t> sought;
  for (std::uint32_t p = 0; p < m.properties.size(); ++p)
    if (is_named(options.properties, m.properties[p].name)) sought.push_back(p);
  check::InterleaveOptions how;
  how.valuations = check::valuations_in_scope(m, prove.fixed);
  how.seconds = options.run_seconds;
  base::Progress progress("overlapping calls of " + m.name);
  how.progress = [&](const std::string& what) { progress.advance(1, what); };
  check::Interleavings result = check::interleave(*out.alone, *out.stepwise, sought, how);
  for (const check::Reached& reached : result.found.goals)
    if (reached.run && reached.goal.kind == check::GoalKind::kViolation)
      prove.violated.insert(reached.goal.id);
  return result;
}

check::ProveReport nothing_proved(const ir::Module& m, const std::vector<std::string>& names) {
  check::ProveReport report;
  for (std::uint32_t p = 0; p < m.properties.size(); ++p) {
    if (!is_named(names, m.properties[p].name)) continue;
    report.properties.emplace_back();
    report.properties.back().property = p;
    report.properties.back().reason = "only runs were looked for";
  }
  return report;
}

std::string scope_of_steps(const ir::Stepwise& stepwise, std::size_t facts) {
  const auto whole = std::count_if(stepwise.origins.begin(), stepwise.origins.end(),
                                   [](const auto& origin) { return origin.whole; });
  return fmt::format(
      "the spec's stepwise reading: any number of calls at once, files of any size, any number of "
      "objects; {} steps of actions, {} {} as one step each{}",
      stepwise.origins.size() - static_cast<std::size_t>(whole), whole,
      whole == 1 ? "action" : "actions",
      facts == 0 ? "" : fmt::format("; proofs rest on {} facts found in the text", facts));
}

}  // namespace

std::optional<Proofs> prove_spec(const flow::ProveOptions& options, base::SourceSet& sources,
                                 base::DiagSink& sink) {
  Proofs out;
  out.store = std::make_unique<SpecStore>(sources, sink);
  if (options.stepwise) {
    if (!read_stepwise(out, options.spec, sink)) return std::nullopt;
  } else {
    const LoadedSpec* spec = out.store->load(options.spec);
    if (spec == nullptr) return std::nullopt;
    out.module = &spec->module;
  }
  check::ProveOptions prove;
  check::ProveHeading heading;
  auto fixed = fixed_parameters(options.spec, options.params, options.quirks, *out.module, sink);
  if (!fixed) return std::nullopt;
  prove.fixed = std::move(*fixed);
  if (!known_properties(options.properties, *out.module, sink)) return std::nullopt;
  prove.properties = options.properties;
  prove.clauses = options.clauses && options.properties.empty();
  prove.z3 = prove.cvc5 = false;
  for (const std::string& solver : options.solvers) {
    const auto version = solver == "z3" ? check::z3_version() : check::program_version(solver);
    if ((solver != "z3" && solver != "cvc5") || !version) {
      sink.report(check::diag::no_solver, {}, solver);
      return std::nullopt;
    }
    (solver == "z3" ? prove.z3 : prove.cvc5) = true;
    heading.solvers.push_back(*version);
  }
  if (!options.emit_folder.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.emit_folder, error);
    if (error) {
      sink.report(check::diag::cannot_emit, {}, options.emit_folder, error.message());
      return std::nullopt;
    }
    prove.emit = [&](const check::Obligation& o, const std::string& text) {
      const auto failed = base::write_file(options.emit_folder + "/" + file_name_of(o.name), text);
      if (failed && !sink.has_errors())
        sink.report(check::diag::cannot_emit, {}, options.emit_folder, *failed);
    };
  }
  // With the facts that the text suggests; everything else looks at what somebody wrote.
  std::optional<ir::Module> guessed;
  std::string scope =
      "the spec's atomic reading (calls that run alone), files of any size, any number of objects";
  if (out.stepwise) {
    guessed = out.stepwise->module;
    prove.guesses_from = out.stepwise->first_candidate;
    prove.place_of_property = out.stepwise->place_of_property;
    prove.place_of_action = out.stepwise->place_of_action;
    prove.places_after = out.stepwise->places_after;
    for (const ir::Stepwise::Origin& origin : out.stepwise->origins)
      prove.call_of_action.push_back(origin.call);
    prove.clauses = false;  // a state that has so many facts is seldom found: runs show what can be
    out.stepwise->module.properties.resize(out.stepwise->first_candidate);
  }
  check::ProveReport proved;
  std::optional<check::ExploreReport> found;
  check::Interleavings overlapping;
  if (!out.stepwise) {
    found = prove_and_search(*out.module, *out.module, prove,
                             options.runs && options.properties.empty() ? options.run_seconds : 0,
                             proved);
  } else {
    if (options.runs) {
      overlapping = search_interleavings(out, options, prove);
      found = std::move(overlapping.found);
    }
    if (options.proofs)
      prove_and_search(*guessed, *out.module, prove, 0, proved);
    else
      proved = nothing_proved(*out.module, options.properties);
  }
  if (sink.has_errors()) return std::nullopt;
  if (overlapping.not_lifted)
    proved.disagreements.push_back(
        "these calls, made step by step with no other beside them, do not end as the atomic "
        "reading says:\n" +
        check::run_text(*out.alone, *overlapping.not_lifted));
  check::GuessesReport guesses;
  if (out.stepwise) {
    guesses = check::take_out_guesses(proved, *guessed, out.stepwise->first_candidate);
    scope = scope_of_steps(*out.stepwise, guesses.hold);
  }
  check::EvidenceOptions weighing;
  weighing.runs = options.runs && !out.stepwise;
  weighing.fixed = prove.fixed;
  weighing.seconds = options.run_seconds;
  weighing.unit = out.stepwise ? "step" : "call";
  base::Progress progress("searching runs of " + out.module->name);
  weighing.progress = [&](const std::string& what) { progress.advance(1, what); };
  const check::Evidence evidence =
      check::weigh(*out.module, proved, found ? &*found : nullptr, weighing);
  heading.spec = out.module->name;
  heading.hash = hash_of(*out.module);
  heading.params = parameters(*out.module, prove.fixed);
  heading.scope = std::move(scope);
  check::RunWriter write = check::run_text;
  if (out.stepwise) {
    heading.unit = "step";
    write = [&](const ir::Module&, const check::Run& run) {
      return check::lanes_text(*out.stepwise, run);
    };
  }
  out.report = check::make_report(*out.module, proved, evidence, std::move(heading), write);
  if (overlapping.stuck)
    out.report.stuck = check::run_report(*out.module, *overlapping.stuck, write, "step");
  if (options.properties.empty()) {
    out.report.ends = overlapping.ends;
    if (out.stepwise) out.report.waits = out.stepwise->waits;
  }
  if (out.stepwise && overlapping.stuck && out.stepwise->waits.problems.empty())
    out.report.contradictions.push_back(
        "a run ends where calls wait for each other, though what they wait for has an order");
  for (const check::NoOrder& odd : overlapping.no_order)
    out.report.no_order.push_back({odd.first,
                                   odd.second,
                                   odd.results,
                                   {odd.differs.begin(), odd.differs.end()},
                                   check::run_report(*out.module, odd.run, write, "step")});
  out.report.broken_guesses = std::move(guesses.broken);
  return out;
}

}  // namespace gms::flow
