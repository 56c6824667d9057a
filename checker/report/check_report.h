// The result of `gmemspec check` as data: what the text, JSON, SARIF and JUnit writers print.
// Strings are as in the input; a writer makes them safe for where they go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/exit_status.h"
#include "checker/conform/explain.h"
#include "checker/conform/trace_run.h"

namespace gms::check {

enum class Verdict {
  kConforms,
  kViolation,   // no run of the spec explains the trace
  kUnknown,     // neither is shown
  kUnreadable,  // a line cannot be read or decoded
};
std::string_view verdict_name(Verdict verdict);  // "conforms", ...
base::ExitStatus exit_status(Verdict verdict);

struct AllowedReport {
  std::string outcome;  // "EAGAIN, error_offset=0x1000"
  std::string label;    // of the clause
  std::string action;   // action or procedure that the clause stands in
  ir::Citation cite;
  std::string doc;
  std::uint64_t spec_line = 0;       // 0: not known
  bool nearest = false;              // assumed in order to go on
  std::vector<std::string> differs;  // what contradicts the observation: "error_offset=0x2000"
};

struct HistoryLine {
  std::uint64_t line = 0;
  std::string text;
};

struct ExplainedBy {
  std::string kind;  // parameter, quirk, spec, hidden, unlogged
  std::string text;
  std::string scope;  // "the whole trace", "this event; the next violation is at line 40"
};

/// A call of a window of calls that overlap.
struct WindowCallReport {
  std::uint64_t line = 0, tid = 0;
  std::uint64_t begin = 0, end = 0;  // since the window's begin, in the units of the trace
  std::string text;
  bool needed = false;  // without it the finding vanishes
};
struct PlacedReport {
  std::uint64_t line = 0;
  std::string clause;  // "convert.ok"
};
/// Every place alone is explained, the whole is not.
struct TornReport {
  std::string one, other;            // "page=0"
  std::vector<std::uint64_t> cycle;  // lines, each of which has to come before the next
};
/// Of an event that overlaps others and cannot be placed among them.
struct WindowReport {
  std::uint64_t events = 0;             // of the window
  std::vector<WindowCallReport> calls;  // the event, what overlaps it, and what is needed
  std::uint64_t configurations = 0;     // that remained when it returned
  std::vector<PlacedReport> order;      // the end of the longest one that worked
  std::vector<std::uint64_t> needed;    // lines of the window that alone fail in the same way
  std::optional<TornReport> torn;
};

struct FindingReport {
  std::uint64_t line = 0;
  std::optional<std::uint64_t> seq;
  std::string op, event, call, got, source;  // source: the line itself
  std::vector<AllowedReport> allowed;
  std::optional<ir::Evidence> weakest;  // evidence that the verdict rests on
  std::vector<HistoryLine> history;     // earlier events that matter or name the same objects
  std::vector<std::uint64_t> shortest;  // lines that alone fail in the same way
  bool shortest_minimal = false;        // none of them can be left out
  std::vector<ExplainedBy> explained_by;
  std::optional<Blame> blame;
  std::optional<WindowReport> window;  // if other calls overlap it
  bool after_first = false;            // depends on how the checker went on from the first
  bool exact = true;
};

struct EventReport {
  std::uint64_t line = 0;
  std::string op;
  bool explained = false;
  std::vector<std::string> clauses;  // "convert.ok"
};

struct RuledOutReport {
  std::string kernel;  // "inplace_v7, per_vm=true"
  std::uint64_t line = 0;
  std::string why;
};

struct ClauseCoverage {
  std::string action, label;
  std::uint64_t count = 0;
};

struct TraceReport {
  std::string file;
  Verdict verdict = Verdict::kUnknown;
  std::vector<std::string> reasons;  // of kUnknown and kUnreadable
  std::string spec;
  std::string kernel;  // what differs from the spec's defaults; empty if nothing or not one kernel
  std::vector<std::pair<std::string, std::string>> params;  // of the kernel, all of them
  std::string chosen_by;  // "options", "the meta line", "kernel.json", "trying"
  std::uint64_t lines = 0, bad_lines = 0;
  std::uint64_t read = 0, judged = 0, non_events = 0, not_judged = 0;
  std::vector<FindingReport> findings;
  std::uint64_t violations = 0;
  std::vector<std::string> survivors;  // kernels, if it was not said which one
  std::vector<RuledOutReport> ruled_out;
  std::vector<std::string> notes;
  std::vector<EventReport> events;  // if asked for
  WindowCounts windows;
  std::vector<ClauseCoverage> raced;  // exits that only a call that overlaps makes possible
};

struct SpecCoverage {
  std::string spec;
  std::vector<ClauseCoverage> clauses;
};

struct CheckReport {
  std::vector<TraceReport> traces;
  std::vector<SpecCoverage> coverage;  // if asked for
  base::ExitStatus status() const;
};

/// The part of a report that follows from one run. `explanation` may be null.
TraceReport make_report(const TraceInput& input, const TraceRun& run, const EventTable& table,
                        const NameTable& names, const Explanation* explanation);

/// "rwlock" or "rwlock, fair=true".
std::string kernel_text(const ir::Module& module, const Valuation& valuation);
std::string blame_text(Blame blame);
std::string_view evidence_name(ir::Evidence evidence);

}  // namespace gms::check
