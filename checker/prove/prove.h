// Proves the properties of a spec in its atomic reading, for files of any size and any number of
// handles. Every verdict is about the spec, not about a kernel.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checker/prove/solver.h"
#include "ir/ir.h"

namespace gms::check {

enum class Verdict : std::uint8_t { kProved, kRefuted, kUnknown };
enum class ObligationKind : std::uint8_t { kInitial, kPreserved, kTwoState, kLaw, kFires, kCover };

/// A model of the solver, read back: a state, a call and where it leads. Handles are numbered
/// within their domain.
struct Candidate {
  struct Fact {  // state function at a point
    ir::StateId state = ir::kNoId;
    std::vector<std::uint64_t> keys;
    bool present = true;
    std::uint64_t value = 0;
  };
  struct Arg {
    bool present = true;
    std::uint64_t value = 0;
  };
  std::vector<Fact> facts;
  std::vector<std::vector<std::uint64_t>> live;  // by domain
  std::vector<std::pair<ir::ParamId, std::uint64_t>> params;
  ir::ActionId action = ir::kNoId;  // kNoId: the state itself
  std::vector<Arg> args;            // of a law: the values of its locals
  ir::ClauseId clause = ir::kNoId;
};

struct Obligation {
  std::string name;  // kind/property/action@clause
  ObligationKind kind = ObligationKind::kInitial;
  std::uint32_t property = ir::kNoId;
  ir::ActionId action = ir::kNoId;
  ir::ClauseId clause = ir::kNoId;
  Verdict verdict = Verdict::kUnknown;  // kFires, kCover: proved means satisfiable
  std::string reason;
  double seconds = 0;                     // of the solver
  bool complete = true;                   // the index set was closed: inside the decidable fragment
  std::vector<std::string> used;          // invariants in the unsat core
  std::map<std::string, Answer> answers;  // by solver, when several were asked
  bool disagree = false;                  // two solvers gave different definite answers
  std::optional<Candidate> candidate;
  std::uint64_t hash = 0;  // of the canonical query
};

struct PropertyVerdict {
  std::uint32_t property = ir::kNoId;
  Verdict verdict = Verdict::kUnknown;
  bool as_expected = false;
  std::vector<std::size_t> obligations;  // indices into ProveReport::obligations
  std::size_t by_frame = 0;              // paths that touch nothing the property reads
  std::string reason;
};

struct ProveOptions {
  std::map<ir::ParamId, std::uint64_t>
      fixed;  // parameters with one value; others are proved for all their values
  std::vector<std::string> properties;  // empty: all
  std::set<std::uint32_t>
      violated;  // properties that a run is known to: not asked for, not assumed
  bool z3 = true, cvc5 = false;
  unsigned milliseconds = 10000;
  /// Properties from this one on are guesses: asked for only if a proof rests on them, and with
  /// less patience, since one that is not proved is merely not used.
  std::uint32_t guesses_from = ir::kNoId;
  /// By property and by action, where not empty: the place that it is about. A guess about a place
  /// other than 0 is a hypothesis only for steps from there, and for other guesses about it.
  std::vector<std::uint32_t> place_of_property, place_of_action;
  /// By action, where guesses are about places: those that it may lead to.
  std::vector<std::set<std::uint32_t>> places_after;
  std::vector<ir::VarId> call_of_action;  // kNoId: no step
  bool clauses = true;                    // also: can each clause fire?
  unsigned jobs = 0;                      // threads; 0: one for each processor
  // Every query, if set. Called by one thread at a time, like `progress`.
  std::function<void(const Obligation&, const std::string& smtlib)> emit;
  std::function<void(const std::string& what)> progress;
};

struct ProveReport {
  std::vector<Obligation> obligations;
  std::vector<PropertyVerdict> properties;
  std::vector<std::string>
      inductive_set;  // the invariants that are mutually inductive: the only hypotheses used
  std::vector<ir::ClauseId> dead_clauses;  // no state that satisfies the invariants lets them fire
  std::vector<std::string>
      disagreements;  // obligations on which two solvers gave different definite answers
  std::vector<std::string> errors;  // actions that could not be encoded
  double seconds = 0;
};

/// `module` is the atomic reading (ir/atomic.h).
ProveReport prove(const ir::Module& module, const ProveOptions& options);

/// Guesses (ProveOptions::guesses_from) that some proof was to rest on.
struct GuessesReport {
  std::size_t hold = 0;
  std::vector<std::string> broken;  // "NAME: the obligation that breaks it"
};
/// Takes the guesses, and what was asked for them, out of a report.
GuessesReport take_out_guesses(ProveReport& report, const ir::Module& module, std::uint32_t from);

/// Which of the asked clauses, by ClauseId, cannot fire in a state that satisfies the invariants.
/// Of the options `fixed`, limits, `jobs` and `progress` are used. That the invariants hold is
/// taken for granted: prove() says whether they do.
std::vector<ir::ClauseId> impossible_clauses(const ir::Module& module,
                                             const std::vector<bool>& asked,
                                             const ProveOptions& options);

}  // namespace gms::check
