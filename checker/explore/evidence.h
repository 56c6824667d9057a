// Joins what a prover and a search for runs say of one spec: a refutation needs a run, or a step of
// the solver's that was replayed; a cover needs a run; and neither may contradict the other.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/explore/explore.h"

namespace gms::check {

struct PropertyEvidence {
  /// From the fresh system, and called again: violates the property, or satisfies the cover.
  std::optional<Run> run;
  std::string breach;  // of a violation: "call 3 breaks it, at p = 2"
  /// No run: the obligation (an index into the report) whose state and call were replayed, with its
  /// text. Of a refuted property a counterexample to induction, of a cover what the solver knows.
  std::optional<std::size_t> step;
  std::string step_text;
  std::optional<ExploreBound> bound;  // no run: how far one was looked for
};

enum class Reachable : std::uint8_t {
  kRun,          // a run from the fresh system leaves by the clause
  kSatisfiable,  // only the solver knows a state that satisfies the invariants, and a call
  kDead,         // no state that satisfies the invariants lets it fire
  kUnknown,
};
struct ClauseEvidence {
  Reachable reachable = Reachable::kUnknown;
  std::optional<Run> run;
};

struct Evidence {
  std::vector<PropertyEvidence> properties;  // as ProveReport::properties
  std::vector<ClauseEvidence> clauses;       // by ClauseId; empty if nobody asked the solver
  std::optional<ExploreBound> searched;      // all searches together, if there were any
};

struct EvidenceOptions {
  bool runs = true;                            // look for those that `found` does not have
  std::map<ir::ParamId, std::uint64_t> fixed;  // as ProveOptions
  double seconds = 20;                         // of CPU, for all further searches together
  std::uint64_t max_calls = 2'000'000;         // the same
  std::string unit = "call";                   // what a run consists of
  std::function<void(const std::string& what)> progress;
};

/// What one search looks for while a prover is at work: until every clause, every cover and every
/// violation that is expected is reached; other violations on the way, which a proof denies. The
/// bounds are on calls, so that the result is the same each time if `seconds` do not bind.
ExploreOptions beside_proofs(const ir::Module& module, std::vector<Goal>& goals);
/// The parameters that a proof is about: what is fixed, else the default; then each other bool or
/// enum changed alone. Never a quirk that is not on.
std::vector<Valuation> valuations_in_scope(const ir::Module& module,
                                           const std::map<ir::ParamId, std::uint64_t>& fixed);

/// `found` may be null. Changes verdicts of the report: refuted by a run where the solver gave up;
/// unknown where a candidate does not replay, or a cover has no run; and fills its contradictions.
Evidence weigh(const ir::Module& module, ProveReport& report, const ExploreReport* found,
               const EvidenceOptions& options);

}  // namespace gms::check
