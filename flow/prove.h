// `gmemspec prove`: the properties of one spec.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/prove/prove.h"
#include "flow/spec_store.h"

namespace gms::flow {

struct ProveOptions {
  std::string spec = "inplace_v7";      // name of a shipped spec, or a file
  std::vector<std::string> properties;  // empty: all
  std::vector<std::string> params;      // "name=value"
  std::vector<std::string> quirks;
  std::vector<std::string> solvers = {"z3"};
  std::string emit_folder;  // empty: the queries are not written
  bool clauses = true;      // can each clause fire?
};

struct Proofs {
  std::unique_ptr<SpecStore> store;  // keeps the module alive
  const ir::Module* module = nullptr;
  check::ProveReport report;
  std::vector<std::string> solvers;  // with their versions
  std::string scope;                 // what the verdicts hold for
};

/// Nothing after a reported error: an unknown spec, property, parameter or solver, or a folder that
/// cannot be written.
std::optional<Proofs> prove_spec(const ProveOptions& options, base::SourceSet& sources,
                                 base::DiagSink& sink);

}  // namespace gms::flow
