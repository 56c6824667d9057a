#include "flow/trace_evidence.h"

#include <algorithm>
#include <filesystem>

#include "base/file_system.h"
#include "base/progress.h"
#include "checker/conform/interp_engine.h"
#include "flow/trace_files.h"
#include "ir/mutate.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;
using check::TraceInput;
using check::TraceRun;

TraceInput load(const std::string& path) {
  // Decompressed text must not have a name that ends in .gz.
  TraceInput input{path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path, std::nullopt};
  check::ByteSource source = check::ByteSource::open(path);
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

/// What the trace's first line says, and what kernel.json beside it adds.
check::KernelChoice choice_of(const TraceInput& trace) {
  check::KernelChoice out = check::read_header(trace);
  const auto beside = kernel_of(fs::path(trace.name).parent_path());
  if (!beside || (!out.spec.empty() && out.spec != beside->spec)) return out;
  // The last of two values for a parameter counts.
  out.params.insert(out.params.begin(), beside->params.begin(), beside->params.end());
  out.quirks.insert(out.quirks.end(), beside->quirks.begin(), beside->quirks.end());
  return out;
}

bool noticed(const TraceRun& run) {
  return !run.readable() || run.judged.violations != 0 || run.judged.overlap.has_value();
}

}  // namespace

std::vector<std::string> bundled_traces(const std::string& spec) {
  std::error_code error;
  const fs::path root = fs::is_directory("traces", error) ? "traces" : GMS_TRACE_FOLDER;
  std::vector<std::string> folders;
  for (fs::directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
    const auto kernel = kernel_of(it->path());
    if (kernel && kernel->spec == spec) folders.push_back(it->path().string());
  }
  std::sort(folders.begin(), folders.end());
  return traces_at(folders);
}

std::vector<std::string> traces_at(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      out.push_back(path);
      continue;
    }
    const std::vector<std::string> some = traces_in(path);
    out.insert(out.end(), some.begin(), some.end());
  }
  return out;
}

TraceEvidence::TraceEvidence(const LoadedSpec& spec, const std::vector<std::string>& files)
    : spec_(spec) {
  base::Progress progress("judging traces by " + spec.module.name, files.size());
  for (const std::string& file : files) {
    progress.advance(1, file);
    Trace trace;
    trace.file = file;
    trace.input = load(file);
    const check::KernelChoice kernel = choice_of(trace.input);
    base::DiagSink quiet;
    trace.valuations = check::valuations(spec.module, kernel, kernel.says_nothing(), quiet);
    const bool of_this_spec = !trace.valuations.empty();
    const TraceRun run = of_this_spec ? judge(trace, spec.events, spec.engines) : TraceRun{};
    if (!of_this_spec || noticed(run) || run.judged.judged == 0) {
      ++unused_;
      continue;
    }
    // A survivor of the trace suffices: the others were ruled out by it.
    trace.valuations = run.judged.survivors;
    trace.lines = run.judged.read;
    note_actions(run, trace);
    traces_.push_back(std::move(trace));
  }
  // Short ones first: most changes are noticed soon.
  std::stable_sort(traces_.begin(), traces_.end(),
                   [](const Trace& a, const Trace& b) { return a.lines < b.lines; });
}

TraceRun TraceEvidence::judge(const Trace& trace, const check::EventTable& events,
                              const check::EngineFactory& engines) {
  check::NameTable names;
  return check::judge_trace(trace.input, events, names, engines, {trace.valuations, 1, true});
}

void TraceEvidence::note_actions(const TraceRun& run, Trace& trace) const {
  const ir::Module& m = spec_.module;
  trace.actions.assign(m.actions.size(), false);
  for (ir::ClauseId c = 0; c < m.clauses.size(); ++c) {
    if (run.judged.coverage[c] == 0) continue;
    if (m.clauses[c].action != ir::kNoId) {
      trace.actions[m.clauses[c].action] = true;
      continue;
    }
    // Left through a procedure: by whichever action called it.
    ir::Mutation in_proc;
    in_proc.host = ir::MutationHost::kProcedure;
    in_proc.host_id = m.clauses[c].proc;
    for (const ir::ActionId a : ir::touched_actions(m, in_proc))
      trace.actions[a] = true;
  }
}

std::optional<TraceKill> TraceEvidence::kill(const ir::Module& changed,
                                             const std::vector<ir::ActionId>& touched) const {
  const auto events = check::EventTable::make(changed);
  const auto* table = std::get_if<check::EventTable>(&events);
  if (table == nullptr) return std::nullopt;
  const check::EngineFactory engines = check::interpreter_engines();
  for (const Trace& trace : traces_) {
    if (std::none_of(touched.begin(), touched.end(),
                     [&](ir::ActionId a) { return trace.actions[a]; }))
      continue;
    const TraceRun run = judge(trace, *table, engines);
    if (!noticed(run)) continue;
    TraceKill kill{trace.file, 0, ""};
    if (!run.judged.findings.empty()) {
      kill.line = run.judged.findings.front().event.line;
      kill.op = run.judged.findings.front().event.event().op;
    } else if (!run.bad.empty()) {
      kill.line = run.bad.front().line;  // an event that is refused
    }
    return kill;
  }
  return std::nullopt;
}

}  // namespace gms::flow
