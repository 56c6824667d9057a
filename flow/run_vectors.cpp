#include "flow/run_vectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <span>

#include "base/file_system.h"
#include "base/messages.h"
#include "base/progress.h"
#include "flow/check.h"
#include "flow/compare_results.h"
#include "flow/random_programs.h"
#include "flow/trace_text.h"
#include "flow/vector_file.h"
#include "runner/messages.h"
#include "runner/sequence.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;
using runner::Line;
using runner::SequenceRun;
using runner::Stop;

/// The worst of several runs is what counts.
int badness(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::kPass: return 0;
    case RunVerdict::kSkip: return 1;
    case RunVerdict::kDiffers: return 2;
    case RunVerdict::kUnknown: return 3;
    case RunVerdict::kHung: return 4;
    case RunVerdict::kDied: return 5;
    case RunVerdict::kBroken: return 6;
    case RunVerdict::kFail: return 7;
  }
  return 0;
}

void add_windows(check::WindowCounts& all, const check::WindowCounts& more) {
  all.windows += more.windows;
  all.events += more.events;
  all.longest = std::max(all.longest, more.longest);
  all.peak = std::max(all.peak, more.peak);
}

class Runner {
 public:
  Runner(const RunOptions& options, base::SourceSet& sources, base::DiagSink& sink)
      : options_(options), sources_(sources), sink_(sink) {}

  RunReport run(runner::Host (*probe)()) {
    for (const std::string& file : vector_files(options_.vectors)) {
      const Vector vector = read_vector(file, sources_, sink_);
      const std::size_t times = vector.problem.empty() ? options_.repeat : 1;
      for (std::size_t k = 0; k < times; ++k)
        add(vector);
    }
    const bool all_broken = report_.count(RunVerdict::kBroken) == vectors_.size();
    if (options_.random == 0 && (!plan_output() || all_broken)) return take();
    report_.host = probe();
    if (!report_.host->usable()) {
      sink_.report(runner::diag::no_kernel, {}, report_.host->problem);
      for (VectorReport& one : report_.vectors)
        if (one.verdict == RunVerdict::kUnknown) one.reason = report_.host->problem;
      return take();
    }
    choose_spec();
    if (options_.random != 0 && (!add_random() || !plan_output())) return take();
    perform_all();
    judge_all();
    merge_times();
    return take();
  }

 private:
  RunReport take() { return std::move(report_); }
  void add(Vector vector) {
    vectors_.push_back(std::move(vector));
    VectorReport& one = report_.vectors.emplace_back();
    one.file = vectors_.back().file;
    one.name = vectors_.back().name;
    const std::span lines(vectors_.back().lines);
    for (std::size_t i = 0; i < lines.size() && !one.has_race; ++i)
      one.has_race = runner::Executor::race_length(lines.subspan(i)) != 0;
    if (vectors_.back().problem.empty()) return;
    one.verdict = RunVerdict::kBroken;
    one.reason = vectors_.back().problem;
    one.line = vectors_.back().bad_line;
  }

  /// Programs that the model of this kernel makes up. False after a reported error.
  bool add_random() {
    const RandomSize size{options_.seed, options_.random,
                          options_.threads > 1 ? options_.threads : 0};
    const auto programs = make_random_programs(report_.spec, report_.params, options_.quirks, size,
                                               report_.host->traits, sources_, sink_);
    if (!programs) return false;
    for (const RandomProgram& program : *programs)
      add(parse_vector(program.name + ".jsonl", program.text, sources_, sink_));
    return true;
  }

  bool is_again(std::size_t i) const { return i > 0 && vectors_[i].file == vectors_[i - 1].file; }

  /// A vector that was run several times is told of once, as it went worst.
  void merge_times() {
    std::vector<VectorReport> merged;
    for (std::size_t i = 0; i < report_.vectors.size(); ++i) {
      VectorReport& one = report_.vectors[i];
      if (!is_again(i)) {
        merged.push_back(std::move(one));
        continue;
      }
      VectorReport& all = merged.back();
      const bool worse = badness(one.verdict) > badness(all.verdict);
      const std::size_t same = one.verdict == all.verdict ? all.times_so + 1 : all.times_so;
      one.times = all.times + 1;
      one.times_so = worse ? 1 : same;
      one.calls += all.calls;
      one.passed_over += all.passed_over;
      add_windows(one.windows, all.windows);
      if (worse) {
        all = std::move(one);
      } else {
        all.times = one.times;
        all.times_so = one.times_so;
        all.calls = one.calls;
        all.passed_over = one.passed_over;
        all.windows = one.windows;
      }
    }
    report_.vectors = std::move(merged);
  }

  bool is_broken(std::size_t i) const { return !vectors_[i].problem.empty(); }

  /// Each trace has a file of its own: the output itself for one vector, else one in a folder.
  bool plan_output() {
    if (options_.output.empty()) return true;
    std::error_code error;
    const bool folder =
        vectors_.size() != 1 || options_.repeat > 1 || fs::is_directory(options_.output, error);
    if (folder) {
      if (const auto why = base::make_folder(options_.output)) {
        sink_.report(base::diag::unwritable_file, {}, options_.output, *why);
        return false;
      }
    }
    std::map<std::string, std::string> taken;
    std::size_t times = 0;
    for (std::size_t i = 0; i < vectors_.size(); ++i) {
      std::string& trace = report_.vectors[i].trace;
      // One that is run several times has a trace for each.
      const std::size_t time = is_again(i) ? ++times : (times = 1);
      const std::string number = options_.repeat > 1 ? fmt::format(".{}", time) : "";
      const std::string name = vector_stem(vectors_[i].file) + number + ".jsonl";
      trace = folder ? (fs::path(options_.output) / name).string() : options_.output;
      const auto [other, fresh] = taken.emplace(trace, vectors_[i].file);
      const bool itself = fs::equivalent(trace, vectors_[i].file, error);
      if (fresh && !itself) continue;
      sink_.report(runner::diag::bad_vector, {}, vectors_[i].file,
                   itself ? "its trace would take its place"
                          : "its trace and that of '" + other->second + "' would be the same file");
      report_.vectors.clear();
      return false;
    }
    return true;
  }

  void choose_spec() {
    const runner::Host& host = *report_.host;
    report_.spec = options_.spec.empty() ? host.spec() : options_.spec;
    if (options_.spec.empty()) {
      for (const auto& [name, value] : host.params())
        report_.params.push_back(fmt::format("{}={}", name, value));
    }
    // What is said last counts.
    report_.params.insert(report_.params.end(), options_.params.begin(), options_.params.end());
  }

  void perform_all() {
    runs_.resize(vectors_.size());
    std::size_t lines = 0;
    for (const Vector& vector : vectors_)
      lines += vector.problem.empty() && !vector.lacking ? vector.lines.size() : 0;
    base::Progress progress("making calls", lines);
    for (std::size_t i = 0; i < vectors_.size(); ++i) {
      if (is_broken(i)) continue;
      if (vectors_[i].lacking) {
        // Not even its beginning is run: the part that it is for comes at the end.
        runs_[i].stop = vectors_[i].lacking;
        report_.vectors[i].trace.clear();
        continue;
      }
      runs_[i] = runner::run_sequence(vectors_[i].lines, report_.host->traits, options_.patience,
                                      [&] { progress.advance(); });
      describe(i);
      write(i);
    }
  }

  /// The first line of a trace says on what kernel it was recorded.
  void describe(std::size_t i) {
    std::vector<runner::Performed>& performed = runs_[i].performed;
    if (performed.empty() || performed.front().line["op"] != "meta") return;
    Line& meta = performed.front().line;
    meta = {{"op", "meta"},
            {"vector", vectors_[i].name},
            {"kernel", report_.host->kernel},
            {"page_size", 4096}};
    if (report_.host->traits.guest_uses_userspace_addr) meta["guest_uses_userspace_addr"] = true;
    if (!options_.spec.empty()) return;
    meta["spec"] = report_.spec;
    for (const auto& [name, value] : report_.host->params())
      meta["params"][name] = value == "true";
  }

  void write(std::size_t i) {
    const std::string& path = report_.vectors[i].trace;
    if (path.empty()) return;
    std::string text;
    for (const runner::Performed& one : runs_[i].performed)
      text += one.line.dump() + '\n';
    if (const auto why = base::write_file(path, text))
      sink_.report(base::diag::unwritable_file, {}, path, *why);
  }

  void judge_all() {
    CheckOptions how;
    how.spec = report_.spec;
    how.params = report_.params;
    how.quirks = options_.quirks;
    std::vector<check::TraceInput> inputs;
    std::vector<std::size_t> judged;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      count_calls(i);
      if (is_broken(i) || report_.vectors[i].calls == 0) continue;
      std::string text;
      for (const runner::Performed& one : runs_[i].performed)
        text += (one.judged.is_null() ? one.line : one.judged).dump() + '\n';
      inputs.push_back(plain_input(report_.vectors[i].file, std::move(text)));
      judged.push_back(i);
    }
    const check::CheckReport checked = check_inputs(how, inputs, sources_, sink_);
    report_.unjudgeable = checked.traces.size() != inputs.size();
    for (std::size_t k = 0; k < checked.traces.size(); ++k) {
      report_.vectors[judged[k]].report = checked.traces[k];
      report_.vectors[judged[k]].windows = checked.traces[k].windows;
      if (checked.traces[k].verdict == check::Verdict::kUnreadable) report_.unjudgeable = true;
    }
    for (std::size_t i = 0; i < runs_.size(); ++i)
      if (!is_broken(i)) decide(i);
  }

  void count_calls(std::size_t i) {
    VectorReport& one = report_.vectors[i];
    for (const runner::Performed& line : runs_[i].performed) {
      const Line& op = line.line["op"];
      if (op != "meta" && op != "note") ++one.calls;
      if (!line.judged.is_null()) ++one.passed_over;
    }
  }

  /// "ksm=false": a parameter for which the vector was made and that this kernel has otherwise.
  std::string other_kernel(const Line& meta) const {
    const auto params = meta["op"] == "meta" ? meta.find("params") : meta.end();
    if (params == meta.end() || !params->is_object()) return {};
    for (const auto& [name, value] : report_.host->params())
      if (params->contains(name) && (*params)[name].is_boolean() &&
          (*params)[name] != Line(value == "true"))
        return name + '=' + (*params)[name].dump();
    return {};
  }

  void decide(std::size_t i) {
    VectorReport& one = report_.vectors[i];
    const auto set = [&](RunVerdict verdict, std::size_t line, std::string reason) {
      one.verdict = verdict;
      one.line = line;
      one.reason = std::move(reason);
    };
    const bool violated = one.report && one.report->verdict == check::Verdict::kViolation;
    if (violated) {
      const auto& findings = one.report->findings;
      return set(RunVerdict::kFail, findings.empty() ? 0 : findings.front().line,
                 "no run of " + one.report->spec + " explains what was recorded");
    }
    const std::optional<Stop>& stop = runs_[i].stop;
    if (stop && stop->why != Stop::Why::kLacking) {
      const RunVerdict verdict = stop->why == Stop::Why::kHung   ? RunVerdict::kHung
                                 : stop->why == Stop::Why::kDied ? RunVerdict::kDied
                                                                 : RunVerdict::kBroken;
      return set(verdict, stop->index + 1, stop->message);
    }
    if (one.report && one.report->verdict != check::Verdict::kConforms)
      return set(
          RunVerdict::kUnknown, 0,
          one.report->reasons.empty() ? "the checker cannot decide" : one.report->reasons.front());
    if (const auto difference = first_difference(vectors_[i].lines, runs_[i].performed)) {
      const std::string lacking = report_.host->lacks(vectors_[i].lines[difference->index]);
      if (!lacking.empty())
        return set(RunVerdict::kSkip, difference->index + 1, "this kernel lacks " + lacking);
      const std::string other = other_kernel(vectors_[i].lines.front());
      if (!other.empty())
        return set(RunVerdict::kSkip, difference->index + 1, "it is for a kernel with " + other);
      return set(RunVerdict::kDiffers, difference->index + 1, difference->text);
    }
    if (stop) return set(RunVerdict::kSkip, stop->index + 1, stop->message);
    const std::vector<Stop>& left_out = runs_[i].left_out;
    if (one.report && !left_out.empty())
      return set(
          RunVerdict::kPass, left_out.front().index + 1,
          fmt::format("not made, and {} more: {}", left_out.size() - 1, left_out.front().message));
    if (one.report) return set(RunVerdict::kPass, 0, {});
    set(RunVerdict::kUnknown, 0, "nothing of it was judged");
  }

  const RunOptions& options_;
  base::SourceSet& sources_;
  base::DiagSink& sink_;
  std::vector<Vector> vectors_;
  std::vector<SequenceRun> runs_;
  RunReport report_;
};

}  // namespace

std::string_view verdict_name(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::kPass: return "pass";
    case RunVerdict::kFail: return "fail";
    case RunVerdict::kSkip: return "skip";
    case RunVerdict::kDiffers: return "differs";
    case RunVerdict::kUnknown: return "unknown";
    case RunVerdict::kHung: return "hung";
    case RunVerdict::kDied: return "died";
    case RunVerdict::kBroken: return "broken";
  }
  return "unknown";
}

std::size_t RunReport::count(RunVerdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(vectors.begin(), vectors.end(),
                    [&](const VectorReport& one) { return one.verdict == verdict; }));
}

bool RunReport::has_races() const {
  return std::any_of(vectors.begin(), vectors.end(),
                     [](const VectorReport& one) { return one.has_race; });
}

check::WindowCounts RunReport::overlapped() const {
  check::WindowCounts all;
  for (const VectorReport& one : vectors)
    add_windows(all, one.windows);
  return all;
}

base::ExitStatus RunReport::status() const {
  if (count(RunVerdict::kFail) != 0) return base::ExitStatus::kFinding;
  if (vectors.empty() || unjudgeable || count(RunVerdict::kBroken) != 0)
    return base::ExitStatus::kUsage;
  const std::size_t passed = count(RunVerdict::kPass);
  const bool all = passed + count(RunVerdict::kSkip) == vectors.size();
  // Threads that never met were no test of what happens when they do.
  if (has_races() && overlapped().events == 0) return base::ExitStatus::kUnknown;
  return all && passed != 0 ? base::ExitStatus::kOk : base::ExitStatus::kUnknown;
}

RunReport run_vectors(const RunOptions& options, base::SourceSet& sources, base::DiagSink& sink,
                      runner::Host (*probe)()) {
  return Runner(options, sources, sink).run(probe);
}

}  // namespace gms::flow
