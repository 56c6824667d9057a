// `gmemspec mutate`: is every rule of a spec held in place by a property or a trace? Makes small
// wrong versions of it and says what notices them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "flow/trace_evidence.h"
#include "ir/mutate.h"

namespace gms::flow {

struct MutateOptions {
  std::string spec = "inplace_v7";  // name of a shipped spec, or a file
  // Files or folders; empty: the bundled ones of this spec, and for what it has from a spec that it
  // extends those of that one.
  std::vector<std::string> traces;
  std::size_t limit = 0;   // so many mutants, drawn at random; 0: all
  std::uint64_t seed = 1;  // of the draw
  bool proofs = true;
  unsigned jobs = 0;  // threads; 0: one for each processor
};

struct Mutant {
  ir::Mutation mutation;
  std::optional<TraceKill> trace;  // does not explain it
  std::string version;             // the trace is of this spec, which has the rule as well
  // The property that was proved and is refuted now, the cover that nothing satisfies now, or the
  // exit that nothing takes now, with the action.
  enum class Broken : std::uint8_t { kNothing, kProperty, kCover, kExit };
  Broken broken = Broken::kNothing;
  std::string claim, action;
  bool equivalent = false;  // proved that no event shows a difference from the original

  bool killed_by_trace() const { return trace.has_value(); }
  bool killed_by_proof() const { return broken != Broken::kNothing; }
  bool killed() const { return killed_by_trace() || killed_by_proof(); }
};

struct MutateReport {
  std::string spec;
  std::uint64_t seed = 1;
  std::size_t sites = 0;   // mutants that there are
  std::size_t traces = 0;  // that conform to the original; others are not used
  std::size_t traces_unused = 0;
  bool proofs = true;
  std::vector<Mutant> mutants;  // in the order of the text
  double seconds = 0;
};

/// Nothing after a reported error.
std::optional<MutateReport> mutate_spec(const MutateOptions& options, base::SourceSet& sources,
                                        base::DiagSink& sink);

}  // namespace gms::flow
