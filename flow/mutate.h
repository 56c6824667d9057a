// `gmemspec mutate`: is every rule of a spec held in place by a property or a trace? Makes small
// wrong versions of it and says what notices them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "ir/mutate.h"

namespace gms::flow {

struct MutateOptions {
  std::string spec = "inplace_v7";  // name of a shipped spec, or a file
  std::vector<std::string> traces;  // files or folders; empty: the bundled ones of this spec
  std::size_t limit = 0;            // so many mutants, drawn at random; 0: all
  std::uint64_t seed = 1;           // of the draw
  bool proofs = true;
  unsigned jobs = 0;  // threads; 0: one for each processor
};

struct Mutant {
  ir::Mutation mutation;
  // The trace that it does not explain, and its first event that shows it.
  std::string trace;
  std::uint64_t line = 0;
  std::string op;
  // The property that was proved and is refuted now, or the cover that nothing satisfies now.
  std::string property, action;
  bool is_cover = false;
  bool equivalent = false;  // proved to do the same as the original

  bool killed_by_trace() const { return !trace.empty(); }
  bool killed_by_proof() const { return !property.empty(); }
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
