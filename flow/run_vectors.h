// `gmemspec run`: makes the calls of vectors on this machine's kernel and judges what was recorded.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/exit_status.h"
#include "base/source.h"
#include "checker/report/check_report.h"
#include "runner/host.h"

namespace gms::flow {

struct RunOptions {
  std::vector<std::string> vectors;  // files, or folders of which every .jsonl is taken
  std::size_t random = 0;            // so many calls of random programs, too
  std::uint64_t seed = 1;            // of these
  std::size_t threads = 1;           // in these; more than 1: that make calls at the same time
  std::size_t repeat = 1;            // how often each vector is run
  std::string output;                // where traces go: a file, or a folder; empty: nowhere
  std::string spec;                  // empty: the one that fits this machine
  std::vector<std::string> params, quirks;
  std::chrono::milliseconds patience{10000};  // with one call
};

enum class RunVerdict {
  kPass,
  kFail,     // no run of the spec explains what was recorded
  kSkip,     // the kernel lacks what the vector needs
  kDiffers,  // allowed, but another result than the vector has: it did not test what it is for
  kUnknown,  // the checker could not decide
  kHung,     // a call did not return
  kDied,     // the process that made the calls died
  kBroken,   // the vector cannot be performed
};
inline constexpr int kRunVerdicts = 8;
std::string_view verdict_name(RunVerdict verdict);  // "pass", ...

struct VectorReport {
  std::string file, name;
  RunVerdict verdict = RunVerdict::kUnknown;
  std::string reason;        // empty if it passed
  std::size_t line = 0;      // of the vector and of its trace, which the reason is about; 0: none
  std::size_t calls = 0;     // made
  bool has_race = false;     // calls of several threads at the same time
  std::size_t times = 1;     // it was run
  std::size_t times_so = 1;  // of those, with this verdict, the worst of all
  check::WindowCounts windows;  // of all times together
  std::size_t passed_over = 0;  // of those, made but not judged as what they are
  std::string trace;            // where it was written
  std::optional<check::TraceReport> report;
};

struct RunReport {
  std::optional<runner::Host> host;  // if it was asked
  std::string spec;                  // by which it was judged
  std::vector<std::string> params;
  std::vector<VectorReport> vectors;
  bool unjudgeable = false;  // the spec, its options or what was recorded cannot be used

  std::size_t count(RunVerdict verdict) const;
  bool has_races() const;  // some vector has calls of several threads at the same time
  /// Of calls that overlapped and were judged, in all vectors together.
  check::WindowCounts overlapped() const;
  base::ExitStatus status() const;
};

/// `probe`: what asks the host; a test gives its own.
RunReport run_vectors(const RunOptions& options, base::SourceSet& sources, base::DiagSink& sink,
                      runner::Host (*probe)() = runner::probe_host);

}  // namespace gms::flow
