// `gmemspec prove`: the properties of one spec, with the runs that refute them or reach what must
// be reachable.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/report/prove_report.h"
#include "flow/spec_store.h"
#include "ir/stepwise/stepwise.h"

namespace gms::flow {

struct ProveOptions {
  std::string spec = "inplace_v7";      // name of a shipped spec, or a file
  std::vector<std::string> properties;  // empty: all
  std::vector<std::string> params;      // "name=value"
  std::vector<std::string> quirks;
  std::vector<std::string> solvers = {"z3"};
  std::string emit_folder;  // empty: the queries are not written
  bool stepwise = false;    // the stepwise reading: any number of calls at once
  bool clauses = true;      // can each clause fire?
  bool runs = true;         // search them while the solver works, and for what it refutes
  bool proofs = true;       // false: what no run refutes stays unknown; stepwise only
  double run_seconds = 20;  // of CPU, for each of these two searches
};

struct Proofs {
  std::unique_ptr<SpecStore> store;        // keeps the module alive
  std::unique_ptr<ir::Stepwise> stepwise;  // or this, and
  std::unique_ptr<ir::Module> alone;       // the atomic reading of the same
  const ir::Module* module = nullptr;
  check::ProofsReport report;
};

/// Nothing after a reported error: an unknown spec, property, parameter or solver, or a folder that
/// cannot be written.
std::optional<Proofs> prove_spec(const ProveOptions& options, base::SourceSet& sources,
                                 base::DiagSink& sink);

}  // namespace gms::flow
