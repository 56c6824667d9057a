#include "flow/check.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "base/file_system.h"
#include "base/spelling.h"
#include "checker/conform/messages.h"
#include "checker/linearize/linearizer.h"
#include "checker/prove/solver_engine.h"
#include "flow/kernel_options.h"
#include "flow/spec_store.h"
#include "flow/trace_files.h"

namespace gms::flow {
namespace {

using check::KernelChoice;
using check::TraceInput;
using check::TraceReport;
using check::TraceRun;
using check::Verdict;
namespace diag = check::diag;
namespace fs = std::filesystem;

/// A folder stands for the traces in it, by name.
std::vector<std::string> expand(const std::vector<std::string>& paths) {
  std::vector<std::string> result;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      result.push_back(path);
      continue;
    }
    std::vector<std::string> found = traces_in(path);
    if (found.empty()) found.push_back(path);  // reading it says why not
    result.insert(result.end(), found.begin(), found.end());
  }
  return result;
}

/// The standard input can be read once only, and explaining reads a trace again: it goes into a
/// temporary file first, as it is, which has no name and ends with us. Where there is no room for
/// one, it is kept in memory.
TraceInput open_input(const std::string& path) {
  if (path != "-") return {path};
  TraceInput input{"<stdin>"};
  if (std::FILE* file = std::tmpfile(); file != nullptr) {
    std::setvbuf(file, nullptr, _IONBF, 0);
    input.spool = {file, [](std::FILE* open) { std::fclose(open); }};
  } else {
    input.bytes.emplace();
  }
  std::vector<char> buffer(1 << 16);
  std::size_t spooled = 0;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
    if (input.spool != nullptr) {
      if (std::fwrite(buffer.data(), 1, count, input.spool.get()) == count) {
        spooled += count;
        continue;
      }
      input.bytes.emplace(spooled, '\0');
      std::rewind(input.spool.get());
      spooled = std::fread(input.bytes->data(), 1, spooled, input.spool.get());
      input.bytes->resize(spooled);
      input.spool = nullptr;
    }
    input.bytes->append(buffer.data(), count);
  }
  return input;
}

std::optional<CheckEngine> parse_engine(const std::string& name, base::DiagSink& sink) {
  std::vector<std::string_view> known;
  std::string expected;
  for (const CheckEngineName& one : kCheckEngines) {
    if (one.name == name) return one.engine;
    known.push_back(one.name);
    expected += (expected.empty() ? "" : ", ") + std::string(one.name);
  }
  auto& diagnostic = sink.report(diag::bad_option, {}, "--engine", name, "one of " + expected);
  if (const auto close = base::closest_name(name, known))
    diagnostic.with_hint("did you mean '" + std::string(*close) + "'?");
  return std::nullopt;
}

/// What is said about the kernel, by whom, and whether what is not said is open.
struct Chosen {
  KernelChoice choice;
  std::string by;
  bool open = true;
};

class Checker {
 public:
  Checker(const CheckOptions& options, CheckEngine engine, KernelChoice given,
          base::SourceSet& sources, base::DiagSink& sink)
      : options_(options),
        engine_(engine),
        given_(std::move(given)),
        sources_(sources),
        sink_(sink),
        // What the solver is asked depends on the numbers of expressions.
        store_(sources, sink,
               engine == CheckEngine::kZ3 ? SpecStore::From::kText : SpecStore::From::kCompiled) {}

  TraceReport check(const TraceInput& input) {
    const std::optional<Chosen> chosen = choose(input);
    if (!chosen) return failed(input, "its kernel.json cannot be used");
    memory_ = chosen->choice;
    if (!options_.memory.empty()) memory_.memory = options_.memory;
    if (memory_.memory == "tso" && memory_.stores.empty())
      return failed(input,
                    "--memory tso: neither its first line nor kernel.json says which ops "
                    "are stores and loads");
    std::vector<const LoadedSpec*> specs;
    if (!chosen->choice.spec.empty()) {
      specs = {store_.load(chosen->choice.spec)};
      if (specs.front() == nullptr)
        return failed(input, "the spec '" + chosen->choice.spec + "' cannot be used");
    } else {
      specs = shipped();
      if (specs.empty()) return failed(input, "there is no spec to judge it by");
    }
    return judge(input, *chosen, specs);
  }

  std::vector<check::SpecCoverage> coverage() const {
    std::vector<check::SpecCoverage> result;
    for (const auto& [spec, counts] : coverage_) {
      check::SpecCoverage one{spec->module.name, {}};
      for (std::size_t i = 0; i < counts.size(); ++i) {
        const ir::Clause& clause = spec->module.clauses[i];
        if (clause.action == ir::kNoId && clause.proc == ir::kNoId) continue;
        one.clauses.push_back({clause.action != ir::kNoId ? spec->module.actions[clause.action].name
                                                          : spec->module.procs[clause.proc].name,
                               clause.label, counts[i]});
      }
      result.push_back(std::move(one));
    }
    return result;
  }

 private:
  /// The judgement by one spec.
  struct Attempt {
    const LoadedSpec* spec = nullptr;
    check::NameTable names;
    TraceRun run;
    std::uint64_t progress() const { return run.judged.judged + run.judged.non_events; }
    bool conforms() const {
      return run.readable() && run.judged.violations == 0 && !run.judged.overlap &&
             !run.judged.undecided;
    }
  };

  static TraceReport failed(const TraceInput& input, std::string why) {
    TraceReport report;
    report.file = input.name;
    report.verdict = Verdict::kUnreadable;
    report.reasons.push_back(std::move(why));
    return report;
  }

  /// What explains the traces of a spec: never the solver, which would take its time.
  check::SpecAtHand at_hand(const LoadedSpec& spec) const {
    check::SpecAtHand result = spec.at_hand();
    // The models do not say which clauses an event may have left by.
    if (engine_ != CheckEngine::kCompiled || options_.events) result.models = {};
    if (options_.watch) {
      result.factory = options_.watch(spec.module);
      result.models = {};
    }
    return result;
  }

  check::TraceRun judge_by(const LoadedSpec& spec, const TraceInput& input, check::NameTable& names,
                           check::JudgeOptions how) {
    check::SpecAtHand at = at_hand(spec);
    if (engine_ == CheckEngine::kZ3) {
      check::EngineFactory& solver = solvers_[&spec];
      if (!solver) solver = check::solver_engines();
      at.factory = solver;
    }
    how.models = at.models;
    how.list_events = options_.events;
    how.windows = check::make_linearizer(options_.linearize);
    how.store_buffers = how.overlaps = memory_.memory == "tso";
    how.stores = memory_.stores;
    how.loads = memory_.loads;
    return check::judge_trace(input, *at.table, names, at.factory, std::move(how));
  }

  std::vector<const LoadedSpec*> shipped() {
    std::vector<const LoadedSpec*> result;
    for (const std::string& name : SpecStore::shipped()) {
      if (const LoadedSpec* spec = store_.load(name)) result.push_back(spec);
    }
    return result;
  }

  /// Options, then the trace's own first line, then kernel.json beside it. Later ones add what
  /// earlier ones leave open, as long as they speak of the same spec.
  std::optional<Chosen> choose(const TraceInput& input) {
    Chosen chosen{given_, given_.says_nothing() ? "" : "options", true};
    const auto add = [&](const KernelChoice& choice, const std::string& by) {
      const bool same =
          chosen.choice.spec.empty() || choice.spec.empty() || choice.spec == chosen.choice.spec;
      if (!same) return;
      if (chosen.choice.memory.empty()) chosen.choice.memory = choice.memory;
      if (chosen.choice.stores.empty()) chosen.choice.stores = choice.stores;
      if (chosen.choice.loads.empty()) chosen.choice.loads = choice.loads;
      if (choice.says_nothing()) return;
      chosen.choice.spec = chosen.choice.spec.empty() ? choice.spec : chosen.choice.spec;
      // Said first counts: valuations() takes the last.
      chosen.choice.params.insert(chosen.choice.params.begin(), choice.params.begin(),
                                  choice.params.end());
      chosen.choice.quirks.insert(chosen.choice.quirks.end(), choice.quirks.begin(),
                                  choice.quirks.end());
      chosen.by += (chosen.by.empty() ? "" : ", ") + by;
      chosen.open = false;
    };
    const KernelChoice header = check::read_header(input);
    const std::string folder = fs::path(input.name).parent_path().string();
    const std::string file = (folder.empty() ? "" : folder + '/') + "kernel.json";
    std::error_code error;
    KernelChoice beside;
    if (input.has_path() && fs::is_regular_file(file, error)) {
      const base::ReadResult read = base::read_file(file);
      auto parsed = read.text ? check::parse_kernel_file(*read.text)
                              : std::variant<KernelChoice, std::string>(read.error);
      if (const std::string* message = std::get_if<std::string>(&parsed)) {
        if (reported_.insert({file, true}).second)
          sink_.report(diag::bad_kernel_file, {}, file, *message);
        return std::nullopt;
      }
      beside = std::get<KernelChoice>(std::move(parsed));
    }
    add(header, "the meta line");
    add(beside, file);
    if (chosen.by.empty()) chosen.by = "trying";
    return chosen;
  }

  TraceReport judge(const TraceInput& input, const Chosen& chosen,
                    const std::vector<const LoadedSpec*>& specs) {
    std::vector<std::unique_ptr<Attempt>> attempts;
    for (const LoadedSpec* spec : specs) {
      // A parameter that one of several specs lacks only means that it is another one.
      base::DiagSink quiet;
      std::vector<check::Valuation> some = check::valuations(
          spec->module, chosen.choice, chosen.open, specs.size() == 1 ? sink_ : quiet);
      if (some.empty()) continue;
      auto attempt = std::make_unique<Attempt>();
      attempt->spec = spec;
      check::JudgeOptions how{std::move(some), options_.max_findings, specs.size() > 1};
      attempt->run = judge_by(*spec, input, attempt->names, std::move(how));
      attempts.push_back(std::move(attempt));
    }
    if (attempts.empty()) return failed(input, "no spec has the parameters that were given");
    const auto best =
        std::max_element(attempts.begin(), attempts.end(), [](const auto& a, const auto& b) {
          if (a->conforms() != b->conforms()) return b->conforms();
          return a->progress() < b->progress();
        });
    Attempt& chief = **best;
    // When several were tried, each was followed to its first violation only.
    if (specs.size() > 1 && chief.run.judged.violations != 0) {
      base::DiagSink quiet;
      chief.names = {};
      chief.run =
          judge_by(*chief.spec, input, chief.names,
                   {check::valuations(chief.spec->module, chosen.choice, chosen.open, quiet),
                    options_.max_findings, false});
    }
    for (const check::BadLine& bad : chief.run.bad)
      check::report(bad, input.name, sources_, sink_);
    TraceReport report = finish(input, chief);
    report.chosen_by = chosen.by;
    for (const auto& other : attempts) {
      if (other.get() != &chief) add_other(report, *other, chief.conforms());
    }
    if (options_.coverage) add_coverage(chief);
    return report;
  }

  TraceReport finish(const TraceInput& input, Attempt& chief) {
    if (!options_.explain || chief.run.judged.findings.empty())
      return check::make_report(input, chief.run, chief.spec->events, chief.names, nullptr);
    check::Finding& first = chief.run.judged.findings.front();
    first.engine = chief.spec->engines(chief.spec->module, first.valuation);
    std::vector<check::SpecAtHand> others;
    for (const LoadedSpec* spec : shipped()) {
      if (spec != chief.spec && spec->module.name != chief.spec->module.name)
        others.push_back(at_hand(*spec));
    }
    check::ExplainOptions how;
    how.store_buffers = memory_.memory == "tso";
    how.stores = memory_.stores;
    how.loads = memory_.loads;
    how.windows = [&] { return check::make_linearizer(options_.linearize); };
    const check::Explanation explanation =
        check::explain(input, chief.run, at_hand(*chief.spec), others, chief.names, how);
    return check::make_report(input, chief.run, chief.spec->events, chief.names, &explanation);
  }

  /// A spec that was tried beside the one that the report is about.
  static void add_other(TraceReport& report, const Attempt& other, bool chief_conforms) {
    const ir::Module& module = other.spec->module;
    if (other.conforms() && chief_conforms) {
      if (report.survivors.empty())
        report.survivors.push_back(report.spec +
                                   (report.kernel.empty() ? "" : ", " + report.kernel));
      const std::string text =
          check::valuation_set_text(module, other.run.judged.tried, other.run.judged.survivors);
      report.survivors.push_back(module.name + (text.empty() ? "" : ", " + text));
      return;
    }
    if (!other.run.judged.findings.empty()) {
      const check::Finding& finding = other.run.judged.findings.front();
      report.ruled_out.push_back(
          {module.name, finding.event.line, "no outcome explains its " + finding.event.event().op});
    } else if (!other.run.bad.empty()) {
      report.ruled_out.push_back(
          {module.name, other.run.bad.front().line, other.run.bad.front().diagnostic.message()});
    }
  }

  void add_coverage(const Attempt& attempt) {
    std::vector<std::uint64_t>& sum = coverage_[attempt.spec];
    sum.resize(attempt.spec->module.clauses.size());
    for (std::size_t i = 0; i < sum.size(); ++i)
      sum[i] += attempt.run.judged.coverage[i];
  }

  const CheckOptions& options_;
  CheckEngine engine_;
  KernelChoice given_;
  KernelChoice memory_;  // what is said of the memory of the machine of the trace at hand
  base::SourceSet& sources_;
  base::DiagSink& sink_;
  SpecStore store_;
  std::map<const LoadedSpec*, check::EngineFactory> solvers_;
  std::map<std::string, bool> reported_;
  std::map<const LoadedSpec*, std::vector<std::uint64_t>> coverage_;
};

}  // namespace

check::CheckReport check_inputs(const CheckOptions& options, const std::vector<TraceInput>& inputs,
                                base::SourceSet& sources, base::DiagSink& sink) {
  check::CheckReport report;
  std::optional<KernelChoice> given =
      kernel_choice(options.spec, options.params, options.quirks, sink);
  const std::optional<CheckEngine> engine = parse_engine(options.engine, sink);
  if (!given || !engine) return report;
  Checker checker(options, *engine, std::move(*given), sources, sink);
  for (const TraceInput& input : inputs)
    report.traces.push_back(checker.check(input));
  report.coverage = checker.coverage();
  return report;
}

check::CheckReport check_traces(const CheckOptions& options, base::SourceSet& sources,
                                base::DiagSink& sink) {
  std::vector<TraceInput> inputs;
  for (const std::string& path : expand(options.traces))
    inputs.push_back(open_input(path));
  return check_inputs(options, inputs, sources, sink);
}

}  // namespace gms::flow
