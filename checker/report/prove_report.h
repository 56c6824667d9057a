// The result of `gmemspec prove` as data: what the text, JSON and JUnit writers print.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/exit_status.h"
#include "checker/explore/evidence.h"
#include "checker/prove/prove.h"
#include "ir/ir.h"
#include "ir/stepwise/waits.h"

namespace gms::check {

struct ProveHeading {
  std::string spec;
  std::string hash;                                         // of the spec, 16 hexadecimal digits
  std::vector<std::pair<std::string, std::string>> params;  // name, value or "every value"
  std::string scope;
  std::vector<std::string> solvers;  // with their versions
  std::string unit = "call";         // what runs consist of: else "step"
};

struct RunReport {
  std::string params;  // that differ from their defaults
  std::vector<std::string>
      calls;               // "1. open() = fd1"; a law's other side after "instead of .. on:"
  std::size_t length = 0;  // calls of the longer side
  std::string unit;        // "call", or "step" of a call among others
  std::string breach;      // "call 3 breaks it, at p = 2"
};

struct PropertyReport {
  std::string name, kind;
  bool is_cover = false;
  Verdict verdict = Verdict::kUnknown;
  bool expect_refuted = false, as_expected = false;
  std::string expectation;  // why it is expected to be refuted
  std::string reason;       // of an unknown verdict
  std::size_t queries = 0, untouched = 0;
  double seconds = 0;
  bool in_fragment = true;
  std::vector<std::string> uses;  // invariants in the unsat cores
  std::vector<std::string> open;  // obligations that are not proved: "NAME: refuted"
  std::optional<RunReport> run;   // violates it, or satisfies the cover
  std::string step;               // no run: the obligation of the counterexample to induction
  std::string step_text;
  std::string bound;  // no run: how far one was looked for; empty: it was not
  /// "proved", "refuted", "unknown"; of covers "reached", "possible", "impossible", "unknown".
  std::string verdict_word() const;
};

struct ClauseReport {
  std::string action, label;
  Reachable reachable = Reachable::kUnknown;
  std::optional<RunReport> run;
};

struct ObligationReport {
  std::string name;
  Verdict verdict = Verdict::kUnknown;
  std::string reason;
  double seconds = 0;  // of solving
  bool in_fragment = true;
  std::vector<std::string> uses;
  std::vector<std::pair<std::string, std::string>> answers;  // solver, "sat"
};

/// Two calls that end, when they overlap, as they do in no order of the two.
struct NoOrderReport {
  std::string first, second;
  bool results = false;              // no order has these results and outputs
  std::vector<std::string> differs;  // state functions that no order leaves like that
  RunReport run;
};

struct ProofsReport {
  ProveHeading heading;
  std::vector<PropertyReport> properties;
  std::vector<ClauseReport> clauses;  // empty if not asked
  std::vector<ObligationReport> obligations;
  std::vector<std::string> inductive_set;
  std::vector<std::string> contradictions;  // solvers that disagree, a run against a proof
  std::vector<std::string> errors;          // what could not be encoded
  std::vector<std::string> broken_guesses;  // facts of a text that no proof could rest on
  std::vector<NoOrderReport> no_order;      // stepwise, of a bounded search
  std::uint64_t ends = 0;          // of two calls that overlapped, held against their orders
  std::optional<RunReport> stuck;  // stepwise: to where calls wait for each other for good
  std::optional<ir::Waits> waits;  // stepwise: whether they can
  double seconds = 0;              // in all
  std::optional<ExploreBound> searched;

  std::size_t as_expected() const;
  std::size_t clauses_that(Reachable reachable) const;
  /// kOk: every property is as expected, every clause can fire. kFinding: one does not, or two
  /// answers contradict each other. kUnknown: some verdict is missing, or nothing was asked.
  base::ExitStatus status() const;
};

/// As run_text() writes one.
using RunWriter = std::function<std::string(const ir::Module& module, const Run& run)>;
RunReport run_report(const ir::Module& module, const Run& run, const RunWriter& write,
                     const std::string& unit);
ProofsReport make_report(const ir::Module& module, const ProveReport& report,
                         const Evidence& evidence, ProveHeading heading,
                         const RunWriter& write = run_text);

const char* verdict_text(check::Verdict verdict);
const char* reachable_text(Reachable reachable);  // "run", "satisfiable", "dead", "unknown"

}  // namespace gms::check
