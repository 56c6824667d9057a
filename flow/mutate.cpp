#include "flow/mutate.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "base/file_system.h"
#include "base/progress.h"
#include "checker/conform/interp_engine.h"
#include "checker/conform/messages.h"
#include "checker/conform/trace_run.h"
#include "checker/prove/equivalence.h"
#include "checker/prove/random_walk.h"
#include "checker/prove/recheck.h"
#include "flow/spec_store.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;
using check::TraceInput;
using check::TraceRun;

/// A trace with the kernels that it may come from.
struct Trace {
  TraceInput input;
  std::vector<check::Valuation> valuations;
  std::vector<bool> actions;  // by ActionId: it calls it
  std::uint64_t lines = 0;
};

bool is_trace(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".jsonl") || name.ends_with(".jsonl.gz");
}

TraceInput load(const std::string& path) {
  TraceInput input{path, std::nullopt};
  check::ByteSource source = input.open();
  std::string bytes;
  std::vector<char> buffer(1 << 16);
  while (const std::size_t count = source.read(buffer.data(), buffer.size()))
    bytes.append(buffer.data(), count);
  input.bytes = std::move(bytes);
  return input;
}

/// What kernel.json of the folder says; nothing if there is none that can be used.
std::optional<check::KernelChoice> kernel_of(const fs::path& folder) {
  const fs::path file = folder / "kernel.json";
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  const base::ReadResult read = base::read_file(file.string());
  if (!read.text) return std::nullopt;
  auto parsed = check::parse_kernel_file(*read.text);
  if (auto* choice = std::get_if<check::KernelChoice>(&parsed)) return std::move(*choice);
  return std::nullopt;
}

std::vector<std::string> traces_in(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (is_trace(it->path())) out.push_back(it->path().string());
  std::sort(out.begin(), out.end());
  return out;
}

/// The bundled traces whose folder says that they are of this spec.
std::vector<std::string> bundled(const std::string& spec) {
  std::error_code error;
  const fs::path root = fs::is_directory("traces", error) ? "traces" : GMS_TRACE_FOLDER;
  std::vector<std::string> folders, out;
  for (fs::directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    const auto kernel = kernel_of(it->path());
    if (kernel && kernel->spec == spec) folders.push_back(it->path().string());
  }
  std::sort(folders.begin(), folders.end());
  for (const std::string& folder : folders) {
    const std::vector<std::string> some = traces_in(folder);
    out.insert(out.end(), some.begin(), some.end());
  }
  return out;
}

class Mutator {
 public:
  Mutator(const MutateOptions& options, const LoadedSpec& spec)
      : options_(options), spec_(spec), m_(spec.module), recheck_(m_, {}) {}

  MutateReport run() {
    const auto start = std::chrono::steady_clock::now();
    MutateReport report;
    report.spec = m_.name;
    report.seed = options_.seed;
    report.proofs = options_.proofs;
    load_traces(report);
    std::vector<ir::Mutation> sites = ir::mutations(m_);
    report.sites = sites.size();
    draw(sites);
    report.mutants.resize(sites.size());
    for (std::size_t i = 0; i < sites.size(); ++i)
      report.mutants[i].mutation = std::move(sites[i]);
    judge_all(report.mutants);
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
  }

 private:
  void load_traces(MutateReport& report) {
    std::vector<std::string> files;
    if (options_.traces.empty()) files = bundled(m_.name);
    for (const std::string& path : options_.traces) {
      std::error_code error;
      if (!fs::is_directory(path, error)) {
        files.push_back(path);
        continue;
      }
      const std::vector<std::string> some = traces_in(path);
      files.insert(files.end(), some.begin(), some.end());
    }
    base::Progress progress("judging traces by " + m_.name, files.size());
    for (const std::string& file : files) {
      progress.advance(1, file);
      Trace trace;
      trace.input = load(file);
      const auto kernel = kernel_of(fs::path(file).parent_path());
      base::DiagSink quiet;
      trace.valuations =
          check::valuations(m_, kernel.value_or(check::KernelChoice{}), !kernel.has_value(), quiet);
      if (trace.valuations.empty()) {
        ++report.traces_unused;
        continue;
      }
      const TraceRun run = judge(trace, spec_.events, spec_.engines);
      if (noticed(run) || run.judged.judged == 0) {
        ++report.traces_unused;
        continue;
      }
      // A survivor of the trace suffices: the others were ruled out by it.
      trace.valuations = run.judged.survivors;
      trace.lines = run.judged.read;
      note_actions(run, trace);
      traces_.push_back(std::move(trace));
    }
    // Short ones first: most mutants are noticed soon.
    std::stable_sort(traces_.begin(), traces_.end(),
                     [](const Trace& a, const Trace& b) { return a.lines < b.lines; });
    report.traces = traces_.size();
  }

  void note_actions(const TraceRun& run, Trace& trace) const {
    trace.actions.assign(m_.actions.size(), false);
    for (ir::ClauseId c = 0; c < m_.clauses.size(); ++c) {
      if (run.judged.coverage[c] == 0) continue;
      if (m_.clauses[c].action != ir::kNoId) {
        trace.actions[m_.clauses[c].action] = true;
        continue;
      }
      // Left through a procedure: by whichever action called it.
      ir::Mutation in_proc;
      in_proc.host = ir::MutationHost::kProcedure;
      in_proc.host_id = m_.clauses[c].proc;
      for (const ir::ActionId a : ir::touched_actions(m_, in_proc))
        trace.actions[a] = true;
    }
  }

  static TraceRun judge(const Trace& trace, const check::EventTable& events,
                        const check::EngineFactory& engines) {
    check::NameTable names;
    return check::judge_trace(trace.input, events, names, engines, {trace.valuations, 1, true});
  }
  static bool noticed(const TraceRun& run) {
    return !run.readable() || run.judged.violations != 0 || run.judged.overlap.has_value();
  }

  /// `limit` of them, each equally likely, in their order.
  void draw(std::vector<ir::Mutation>& sites) const {
    if (options_.limit == 0) return;
    check::Random random(options_.seed);
    while (sites.size() > options_.limit)
      sites.erase(sites.begin() + static_cast<std::ptrdiff_t>(random.below(sites.size())));
  }

  void judge_all(std::vector<Mutant>& mutants) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    base::Progress progress("mutants of " + m_.name, mutants.size());
    const auto work = [&] {
      for (std::size_t i = next++; i < mutants.size(); i = next++) {
        judge_one(mutants[i]);
        const std::lock_guard lock(mutex);
        progress.advance(1, mutants[i].mutation.place);
      }
    };
    const unsigned jobs =
        options_.jobs != 0 ? options_.jobs : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> threads;
    for (unsigned j = 1; j < jobs; ++j)
      threads.emplace_back(work);
    work();
  }

  void judge_one(Mutant& mutant) {
    const ir::Module changed = ir::apply(m_, mutant.mutation);
    const std::vector<ir::ActionId> touched = ir::touched_actions(m_, mutant.mutation);
    by_traces(changed, touched, mutant);
    if (!options_.proofs) return;
    for (const ir::ActionId a : touched) {
      const auto kill = recheck_.kill(changed, a);
      if (!kill) continue;
      mutant.property = m_.properties[kill->property].name;
      mutant.action = m_.actions[kill->action].name;
      mutant.is_cover = kill->is_cover;
      return;
    }
    if (mutant.killed()) return;
    mutant.equivalent = std::all_of(touched.begin(), touched.end(), [&](ir::ActionId a) {
      return check::difference(m_, changed, a, {}) == check::Answer::kUnsat;
    });
  }

  void by_traces(const ir::Module& changed, const std::vector<ir::ActionId>& touched,
                 Mutant& mutant) const {
    auto events = check::EventTable::make(changed);
    const auto* table = std::get_if<check::EventTable>(&events);
    if (table == nullptr) return;
    const check::EngineFactory engines = check::interpreter_engines();
    for (const Trace& trace : traces_) {
      if (std::none_of(touched.begin(), touched.end(),
                       [&](ir::ActionId a) { return trace.actions[a]; }))
        continue;
      const TraceRun run = judge(trace, *table, engines);
      if (!noticed(run)) continue;
      mutant.trace = trace.input.name;
      if (!run.judged.findings.empty()) {
        mutant.line = run.judged.findings.front().event.line;
        mutant.op = run.judged.findings.front().event.event().op;
      }
      return;
    }
  }

  const MutateOptions& options_;
  const LoadedSpec& spec_;
  const ir::Module& m_;
  check::Recheck recheck_;
  std::vector<Trace> traces_;
};

}  // namespace

std::optional<MutateReport> mutate_spec(const MutateOptions& options, base::SourceSet& sources,
                                        base::DiagSink& sink) {
  SpecStore store(sources, sink);
  const LoadedSpec* spec = store.load(options.spec);
  if (spec == nullptr) return std::nullopt;
  for (const std::string& path : options.traces) {
    std::error_code error;
    if (fs::exists(path, error)) continue;
    sink.report(check::diag::unreadable_trace, {}, path, "there is no such file or folder");
    return std::nullopt;
  }
  return Mutator(options, *spec).run();
}

}  // namespace gms::flow
